import { type MeantCluster, meantClusters } from '../../../model/cluster/meant-cluster.ts'
import type { Finding } from '../../../model/report.ts'
import { finding, type Rule } from '../rule.ts'
import { clusterArg, isCallFunction, type RecordOf, type RunFacts } from '../run-facts.ts'

/**
 * Every way in which proxy_http_call and Redis calls are refused, and which argument was wrong (proxy-wasm-host.md 8.1, higress.md 1.8):
 * unknown cluster with the nearest names and the port rule of static services, a missing pseudo header, pairs that
 * cannot be parsed, a timeout out of range, no host.
 */
export const calloutRefused: Rule = {
  id: 'callout-refused',
  variants: [
    'unknown-cluster',
    'near-cluster',
    'static-port',
    'other-port',
    'other-version',
    'other-registry',
    'other-shape',
    'no-cluster-name',
    'missing-header',
    'unparsable',
    'timeout',
    'not-initialised',
    'failed',
  ],
  find: (run) =>
    run
      .of('host.call')
      .filter(({ event }) => (isCallFunction(event.fn) || event.fn === 'proxy_redis_init') && event.code !== 0)
      .flatMap((record) => explainRefusal(run, record) ?? []),
}

function explainRefusal(run: RunFacts, record: RecordOf<'host.call'>): Finding | undefined {
  const { reason, status, args } = record.event
  const make = (variant: string, params: Finding['params'] = {}) =>
    finding(run, 'callout-refused', 'problem', record, {
      variant,
      status,
      cluster: clusterArg(args),
      ...params,
    })
  switch (reason?.code) {
    case 'unknown-cluster':
      return unknownCluster(reason.cluster, reason.known, make)
    case 'redis-not-initialised':
      return make('not-initialised', { cluster: reason.cluster })
    case 'missing-pseudo-header':
      return make('missing-header', { header: reason.header })
    case 'unparsable-pairs':
      return make('unparsable')
    case 'timeout-too-large':
      return make('timeout', { value: reason.value })
    // A bad pointer is a finding of its own (bad-memory), and so is what is not built yet (not-implemented), and what ends a
    // real gateway (kills-envoy).
    case 'out-of-bounds':
    case 'allocator':
    case 'not-implemented':
    case 'grpc-no-target':
      return undefined
    default:
      return make('failed')
  }
}

type Make = (variant: string, params?: Finding['params']) => Finding

function unknownCluster(cluster: string, known: readonly string[], make: Make): Finding {
  if (cluster === '') return make('no-cluster-name', { known })
  const meant = meantClusters(cluster, known)
  const [best] = meant
  if (best === undefined) return make('unknown-cluster', { known })
  const nearest = meant.map(({ name }) => name)
  const certain = best.differs === 'static-port' ? best.name : nearest
  return make(variants[best.differs], { nearest: certain, known, replacement: best.name })
}

const variants: Record<MeantCluster['differs'], string> = {
  'static-port': 'static-port',
  port: 'other-port',
  subset: 'other-version',
  registry: 'other-registry',
  shape: 'other-shape',
  spelling: 'near-cluster',
}
