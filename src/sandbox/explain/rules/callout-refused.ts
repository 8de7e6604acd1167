import { nearestName } from '../../../model/project/nearest.ts'
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
    'static-port',
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
    // A bad pointer is a finding of its own (bad-memory), and so is what is not built yet (not-implemented).
    case 'out-of-bounds':
    case 'allocator':
    case 'not-implemented':
      return undefined
    default:
      return make('failed')
  }
}

type Make = (variant: string, params?: Finding['params']) => Finding

function unknownCluster(cluster: string, known: readonly string[], make: Make): Finding {
  if (cluster === '') return make('no-cluster-name', { known })
  const fixed = cluster.replace(/^outbound\|\d+\|([^|]*)\|(.+\.static)$/, 'outbound|80|$1|$2')
  if (fixed !== cluster && known.includes(fixed)) return make('static-port', { nearest: fixed, known })
  const nearest = nearestClusters(cluster, known)
  return make('unknown-cluster', { nearest, known, ...(nearest[0] === undefined ? {} : { replacement: nearest[0] }) })
}

/** The names most like it, at most three: the same service under another port or subset first, then the spelling. */
function nearestClusters(cluster: string, known: readonly string[]): readonly string[] {
  const service = cluster.split('|').at(-1) ?? cluster
  const same = known.filter((name) => name.split('|').at(-1) === service)
  const spelled = nearestName(cluster, known)
  return [...new Set([...same, ...(spelled === undefined ? [] : [spelled])])].slice(0, 3)
}
