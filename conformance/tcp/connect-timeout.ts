/** An HTTP service whose address stays silent: what the client of a real Envoy gets. */
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePorts, startEnvoy } from '../envoy/process.ts'
import { accessLog } from './access-log.ts'
import { answers, cluster, neverAccepting } from './envoy.ts'

export type HttpSeen = {
  readonly status: number
  readonly body: string
  readonly flags: string
  readonly details: string
}

const api = 'type.googleapis.com/envoy.extensions'

export async function observeConnectTimeout(binary: string): Promise<HttpSeen> {
  const [service = 0, port = 0] = await freePorts(2)
  const log = join(mkdtempSync(join(tmpdir(), 'proxyground-connect-')), 'access.log')
  const close = await neverAccepting(service)
  const manager = {
    '@type': `${api}.filters.network.http_connection_manager.v3.HttpConnectionManager`,
    stat_prefix: 'h',
    http_filters: [{ name: 'router', typed_config: { '@type': `${api}.filters.http.router.v3.Router` } }],
    route_config: {
      name: 'routes',
      virtual_hosts: [{ name: 'vh', domains: ['*'], routes: [{ match: { prefix: '/' }, route: { cluster: 's0' } }] }],
    },
    access_log: accessLog(log, '%RESPONSE_FLAGS% %RESPONSE_CODE_DETAILS%'),
  }
  const address = { socket_address: { address: '127.0.0.1', port_value: port } }
  const filters = [{ name: 'hcm', typed_config: manager }]
  const listeners = [{ name: 'l', address, filter_chains: [{ filters }] }]
  const bootstrap = { static_resources: { listeners, clusters: [cluster(0, service)] } }
  const envoy = await startEnvoy(binary, bootstrap, () => answers(port))
  try {
    const response = await fetch(`http://127.0.0.1:${port}/`)
    const body = await response.text()
    await envoy.stop()
    await sleep(100)
    const [flags = '', details = ''] = readFileSync(log, 'utf8').trim().split('\n').at(-1)?.split(' ') ?? []
    return { status: response.status, body, flags, details }
  } finally {
    await envoy.stop()
    close()
  }
}
