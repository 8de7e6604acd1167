/** The Redis behind a cluster of kind redis. */
import { byteString } from '../../model/project/bytes.ts'
import type { Cluster } from '../../model/project/types.ts'
import type { RedisServer } from '../upstream/redis/server.ts'
import { seededRandom } from './seeded-random.ts'

/** With the project's strings in database 0 and its draws by the project's seed. */
export function redisServerOf(
  Server: typeof RedisServer,
  name: string,
  cluster: Extract<Cluster, { kind: 'redis' }>,
  seed: number,
): RedisServer {
  const random = seededRandom(seed, `redis ${name}`)
  return new Server({
    username: byteString(cluster.username),
    password: byteString(cluster.password),
    data: cluster.data.map(([key, value]) => [byteString(key), byteString(value)]),
    random: (limit) => Math.floor(random.next() * limit),
  })
}
