import { meantClusters } from '../cluster/meant-cluster.ts'
import { fault } from './problem.ts'

/** What is wrong with the name of a cluster that is not there; names the one that was probably meant. */
export function clusterFault(name: string, known: readonly string[]): ReturnType<typeof fault> {
  const [meant] = meantClusters(name, known)
  const list = known.join(', ')
  return meant === undefined
    ? fault('problem.unknownCluster', { name, known: list })
    : fault('problem.otherCluster', { name, nearest: meant.name, known: list })
}
