/** The services behind the gateway, as a run begins. */
import type { Cluster, GatewayConfig } from '../../model/project/types.ts'
import { Faults, withFaults } from '../upstream/faults.ts'
import { upstreamOf } from '../upstream/from-cluster.ts'
import { part } from '../upstream/parts.ts'
import type { RedisServer } from '../upstream/redis/server.ts'
import { redisServerOf } from './redis-service.ts'
import { connectTimeout, type Service } from './runtime.ts'
import { seededRandom } from './seeded-random.ts'

export function servicesOf(config: GatewayConfig): ReadonlyMap<string, Service> {
  return new Map(
    config.clusters.map(([name, cluster], index) => {
      const faults = new Faults(cluster.faults)
      const service: Service = {
        name,
        cluster,
        upstream: withFaults(upstreamOf(cluster), faults, cluster.timeout ?? connectTimeout),
        faults,
        redis: redisOf(name, cluster, config.seed),
        host: cluster.hosts?.[0] ?? `172.20.0.${10 + index}:80`,
        random: seededRandom(config.seed, `cluster ${name}`),
      }
      return [name, service]
    }),
  )
}

/** Without the mock's code the cluster is one that does not speak Redis; the run is made again with it (entry/libraries.ts). */
function redisOf(name: string, cluster: Cluster, seed: number): RedisServer | undefined {
  const redis = cluster.kind === 'redis' ? part('redis') : undefined
  return redis && cluster.kind === 'redis' ? redisServerOf(redis.RedisServer, name, cluster, seed) : undefined
}
