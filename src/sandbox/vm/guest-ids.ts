import type { VmIds } from '../host/call.ts'
import type { MetricKind } from './seam.ts'

const metricBits: Readonly<Record<MetricKind, number>> = { counter: 0, gauge: 1, histogram: 2 }

/** Numbers of one VM for what its guest makes; the low two bits tell the kind (proxy-wasm-host.md 8.7, 8.8). */
export class GuestIds implements VmIds {
  readonly #metrics = [0, 0, 0]
  #callToken = 0
  #grpcCallToken = 1
  #grpcStreamToken = 2
  #redisToken = 3

  nextMetricId(kind: MetricKind): number {
    const bits = metricBits[kind]
    const count = (this.#metrics[bits] ?? 0) + 1
    this.#metrics[bits] = count
    return 4 * count + bits
  }

  nextCallToken(): number {
    this.#callToken += 4
    return this.#callToken
  }

  nextGrpcCallToken(): number {
    this.#grpcCallToken += 4
    return this.#grpcCallToken
  }

  nextGrpcStreamToken(): number {
    this.#grpcStreamToken += 4
    return this.#grpcStreamToken
  }

  nextRedisToken(): number {
    this.#redisToken += 4
    return this.#redisToken
  }
}
