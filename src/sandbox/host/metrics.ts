import { enumOf, i64, textIn, u32, u32Out, u64Out } from '../abi/declare.ts'
import { metricNames } from '../abi/enums.ts'
import { Status } from '../abi/status.ts'
import type { MetricKind, StatValue } from '../vm/seam.ts'
import { atLimit, bounds } from './bounds.ts'
import { type EnvFunction, type HostCall, hostFunction } from './call.ts'

const kinds: readonly MetricKind[] = ['counter', 'gauge', 'histogram']

/** Metrics (proxy-wasm-host.md 8.7; numbers and edge cases as seen, envoy-observed.md i). */
export const metrics: readonly EnvFunction[] = [
  hostFunction(
    'proxy_define_metric',
    { type: enumOf(metricNames), name: textIn },
    { id: u32Out },
    (call, args, out) => {
      const kind = kinds[args.type] ?? 'counter'
      if (call.vm.metrics.size >= bounds.metrics) return atLimit(call, 'metrics')
      // Every define gives a new id, also for the same name.
      const id = call.vm.ids.nextMetricId(kind)
      call.vm.metrics.set(id, { kind, name: args.name })
      call.vm.environment.metrics.stat(kind, args.name)
      out.id = id
      return Status.Ok
    },
  ),
  hostFunction('proxy_increment_metric', { id: u32, offset: i64 }, {}, (call, { id, offset }) => {
    // The low two bits are looked at before the id itself.
    const bits = id & 3
    if (bits > 1) return wrongKind(call, 'a histogram cannot be incremented')
    const metric = find(call, id)
    if (metric === undefined) return unknown(call, id)
    if (bits === 0 && offset <= 0n) return wrongKind(call, 'a counter only grows: the offset must be above 0')
    metric.value = BigInt.asUintN(64, metric.value + offset)
    return Status.Ok
  }),
  hostFunction('proxy_record_metric', { id: u32, value: i64 }, {}, (call, { id, value }) => {
    const metric = find(call, id)
    if (metric === undefined) return unknown(call, id)
    const bits = id & 3
    if (bits === 0) metric.value = BigInt.asUintN(64, metric.value + value)
    else if (bits === 1) metric.value = BigInt.asUintN(64, value)
    else metric.histogram.record(BigInt.asUintN(64, value))
    return Status.Ok
  }),
  hostFunction('proxy_get_metric', { id: u32 }, { value: u64Out }, (call, { id }, out) => {
    if ((id & 3) > 1) return wrongKind(call, 'a histogram has no value to read')
    const metric = find(call, id)
    if (metric === undefined) return unknown(call, id)
    out.value = metric.value
    return Status.Ok
  }),
]

function find(call: HostCall, id: number): StatValue | undefined {
  const defined = call.vm.metrics.get(id)
  return defined && call.vm.environment.metrics.stat(defined.kind, defined.name)
}

function wrongKind(call: HostCall, detail: string): number {
  return call.refuse(Status.BadArgument, { code: 'other', detail })
}

function unknown(call: HostCall, id: number): number {
  return call.refuse(Status.NotFound, { code: 'unknown-name', name: String(id) })
}
