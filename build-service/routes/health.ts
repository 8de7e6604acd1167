import type { FastifyInstance } from 'fastify'

/** GET /api/health: what answers here, for scripts that wait until the server is up. */
export async function healthRoute(app: FastifyInstance): Promise<void> {
  app.get('/health', async () => ({ name: 'proxyground', ok: true }))
}
