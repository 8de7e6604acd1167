import { nearestName } from '../project/nearest.ts'
import { explainClusterName } from './cluster-name.ts'

/** A known cluster that a name was probably meant for, and in what the two differ. */
export type MeantCluster = {
  readonly name: string
  readonly differs: /** The service is static, and static services always have port 80. */
    | 'static-port'
    | 'port'
    | 'subset'
    /** The same service name from another registry (`auth.dns`, `auth.static`), group, namespace or datacenter. */
    | 'registry'
    /** Parts are missing or too many: `auth.static`, `outbound|80|auth.static`, `http://auth.static`. */
    | 'shape'
    | 'spelling'
}

/** The known names most like it, best first, at most three; none of them is the name itself. */
export function meantClusters(name: string, known: readonly string[]): readonly MeantCluster[] {
  const others = known.filter((other) => other !== name)
  const spelled = nearestName(name, others)
  const found: MeantCluster[] = [
    ...ofDoubts(name, others),
    ...others
      .flatMap((other) => {
        const differs = difference(name, other)
        return differs === undefined ? [] : [{ name: other, differs }]
      })
      .sort((a, b) => rank.indexOf(a.differs) - rank.indexOf(b.differs)),
    ...(spelled === undefined ? [] : [{ name: spelled, differs: 'spelling' as const }]),
  ]
  return found.filter((each, index) => found.findIndex((other) => other.name === each.name) === index).slice(0, 3)
}

const rank: readonly MeantCluster['differs'][] = ['static-port', 'shape', 'subset', 'port', 'registry', 'spelling']

function ofDoubts(name: string, known: readonly string[]): readonly MeantCluster[] {
  return explainClusterName(name).doubts.flatMap(({ code, meant }) =>
    meant !== undefined && known.includes(meant)
      ? [{ name: meant, differs: code === 'static-port' ? ('static-port' as const) : ('shape' as const) }]
      : [],
  )
}

function difference(name: string, other: string): MeantCluster['differs'] | undefined {
  const [mine, theirs] = [name.toLowerCase().split('|'), other.toLowerCase().split('|')]
  if (theirs.length !== 4) return undefined
  const [, port, subset, host = ''] = theirs
  if (mine.length !== 4) {
    const bare = name
      .toLowerCase()
      .replace(/^\w+:\/\//, '')
      .replace(/[:/?].*$/s, '')
    return bare === host || mine.includes(host) || bare === serviceOf(other) ? 'shape' : undefined
  }
  if (mine[3] === host) return mine[1] === port ? (mine[2] === subset ? 'spelling' : 'subset') : 'port'
  const service = serviceOf(name)
  return service !== undefined && service === serviceOf(other) ? 'registry' : undefined
}

function serviceOf(name: string): string | undefined {
  const { parts } = explainClusterName(name)
  return parts.find(({ means }) => means === 'service')?.text.toLowerCase()
}
