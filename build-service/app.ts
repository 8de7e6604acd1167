import fastify, { type FastifyInstance } from 'fastify'
import { headersFor } from './headers.ts'
import { healthRoute } from './routes/health.ts'
import { toolchainRoute } from './routes/toolchains.ts'
import { webRoute } from './routes/web.ts'

export type AppOptions = {
  /** Folder of the built app (dist/web). */
  readonly webRoot: string
  /** Folder of the Go toolchain's bundle, which may not be there yet; without it the page is told that there is none. */
  readonly goToolchain?: string
}

/** The server without a port: the app's files, and later the build service's routes. */
export function createApp(options: AppOptions): FastifyInstance {
  const app = fastify({ logger: false, routerOptions: { ignoreTrailingSlash: true } })
  app.addHook('onSend', async (request, reply) => {
    reply.headers(headersFor(request.url.replace(/[?#].*$/, '').slice(1)))
  })
  app.setNotFoundHandler((request, reply) => {
    reply.code(404).type('text/plain; charset=utf-8').send(`Nothing is at ${request.url}.\n`)
  })
  app.register(healthRoute, { prefix: '/api' })
  if (options.goToolchain !== undefined) {
    app.register(toolchainRoute, { prefix: '/toolchains/go', folder: options.goToolchain })
  }
  app.register(webRoute, { webRoot: options.webRoot })
  return app
}
