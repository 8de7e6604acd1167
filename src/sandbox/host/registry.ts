import type { AbiVersion } from '../abi/callbacks.ts'
import type { VmEnvironment } from '../vm/seam.ts'
import { buffersFor } from './buffers.ts'
import type { EnvFunction } from './call.ts'
import { calls } from './calls.ts'
import { getConfiguration } from './configuration.ts'
import { contexts } from './contexts.ts'
import { foreign } from './foreign/call-foreign-function.ts'
import { grpc } from './grpc.ts'
import { injectData } from './inject.ts'
import { logging } from './logging.ts'
import { maps } from './maps.ts'
import { metrics } from './metrics.ts'
import { properties } from './properties.ts'
import { redis } from './redis.ts'
import { sharedData } from './shared-data.ts'
import { sharedQueues } from './shared-queues.ts'
import { streamsFor } from './streams.ts'
import { unimplementedEnvoy } from './unimplemented.ts'
import { upstreamHosts } from './upstream-hosts.ts'

const cache = new Map<string, ReadonlyMap<string, EnvFunction>>()

/** Registered by Higress for every ABI version, absent upstream (2.9). */
const higress: readonly EnvFunction[] = [...redis, injectData, ...upstreamHosts]

/** What a host of this family registers in module `env` for a module of this ABI version (1, 2). */
export function envFunctions(abi: AbiVersion, family: VmEnvironment['family']): ReadonlyMap<string, EnvFunction> {
  const key = `${abi} ${family}`
  const known = cache.get(key)
  if (known !== undefined) return known
  const functions = [
    ...logging.filter((each) => abi === '0_2_1' || abi === '0_2_100' || each.name !== 'proxy_get_log_level'),
    ...maps,
    ...buffersFor(family),
    ...properties,
    ...streamsFor(abi),
    ...sharedData,
    ...sharedQueues,
    ...metrics,
    ...calls,
    ...contexts,
    ...foreign,
    ...grpc,
    ...(family === 'higress' ? higress : unimplementedEnvoy),
    ...(abi === '0_1_0' ? [getConfiguration] : []),
  ]
  const byName = new Map(functions.map((each) => [each.name, each]))
  cache.set(key, byName)
  return byName
}
