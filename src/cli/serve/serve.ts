import { once } from 'node:events'
import type { Server, Socket } from 'node:net'
import { httpbin } from '../../sandbox/entry/services.ts'
import { CannotRun, type ExitCode, type Output } from '../outcome.ts'
import { say } from '../words.ts'
import { httpService } from './http-service.ts'
import { redisService } from './redis-service.ts'

export type ServeOptions = {
  /** Ports; 0 takes a free one. */
  readonly httpbin?: string
  readonly redis?: string
  readonly host: string
  readonly redisPassword: string
}

/** Serves until `stop` settles. What it listens on is printed, one line each. */
export async function serveCommand(options: ServeOptions, output: Output, stop: Promise<unknown>): Promise<ExitCode> {
  const { text } = output.words
  const wanted: readonly (readonly [name: string, port: number, server: Server])[] = [
    ...(options.httpbin === undefined
      ? []
      : [['httpbin', portOf('--httpbin', options.httpbin), httpService(httpbin)] as const]),
    ...(options.redis === undefined
      ? []
      : [
          [
            'redis',
            portOf('--redis', options.redis),
            redisService(options.redisPassword, (note) => output.err(text('cli.serve.redis', { note }))),
          ] as const,
        ]),
  ]
  if (wanted.length === 0) throw new CannotRun(say('cli.wrong.serve'))
  const open = new Set<Socket>()
  try {
    for (const [name, port, server] of wanted) {
      server.on('connection', (socket: Socket) => open.add(socket.once('close', () => open.delete(socket))))
      await listen(server, port, options.host)
      const address = server.address()
      const real = typeof address === 'object' && address !== null ? address.port : port
      const scheme = name === 'httpbin' ? 'http' : 'redis'
      output.out(`${name}: ${scheme}://${options.host.includes(':') ? `[${options.host}]` : options.host}:${real}`)
    }
    output.out(text('cli.serve.end'))
    await stop
    return 0
  } finally {
    for (const [, , server] of wanted) server.close()
    for (const socket of open) socket.destroy()
  }
}

function portOf(option: string, text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (port <= 65535) return port
  throw new CannotRun(say('cli.wrong.port', { option, text }))
}

async function listen(server: Server, port: number, host: string): Promise<void> {
  server.listen(port, host)
  try {
    await once(server, 'listening')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw new CannotRun(
      code === 'EADDRINUSE'
        ? say('cli.serve.busy', { port, host })
        : say('cli.serve.refused', { port, host, why: code }),
    )
  }
}
