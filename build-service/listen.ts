import type { FastifyInstance } from 'fastify'

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES')

/** Listens on the loopback address at `port`, or at the next free one; 0 lets the system choose. Returns the port. */
export async function listenOnFreePort(app: FastifyInstance, port: number): Promise<number> {
  for (let candidate = port; candidate < Math.min(port + 100, 65536); candidate++) {
    try {
      const address = await app.listen({ host: '127.0.0.1', port: candidate })
      return Number(new URL(address).port)
    } catch (error) {
      if (!isBusy(error)) throw error
    }
  }
  throw new Error(`No free port from ${port} to ${port + 99}.`)
}
