import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { cacheControlFor } from '../headers.ts'

/** The built app: compressed copies where the client takes them, long caching for names with a hash. */
export async function webRoute(app: FastifyInstance, options: { readonly webRoot: string }): Promise<void> {
  await app.register(fastifyStatic, {
    root: options.webRoot,
    index: false,
    preCompressed: true,
    cacheControl: false,
    dotfiles: 'ignore',
    setHeaders(reply, file) {
      const path = file
        .slice(options.webRoot.length)
        .replace(/\\/g, '/')
        .replace(/\.(br|gz)$/, '')
      reply.setHeader('cache-control', cacheControlFor(path))
      reply.setHeader('vary', 'accept-encoding')
    },
  })
  // The copy of the page whose workers bring their own policy; index.html itself is for static hosts.
  for (const path of ['/', '/index.html']) app.get(path, (_request, reply) => reply.sendFile('index.server.html'))
}
