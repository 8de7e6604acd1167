import { bytesIn, bytesOut, enumOf, u32, u32Out, u64Out } from '../abi/declare.ts'
import { logLevelNames } from '../abi/enums.ts'
import { Status } from '../abi/status.ts'
import { type EnvFunction, hostFunction } from './call.ts'
import { logLevelNumber } from './log-level.ts'

/** Reading the clock moves it by 1 µs, so that a guest cannot wait for ever in a loop (design 4.6 "Clock"). */
const clockStepNs = 1000

/** Logging, time, status (proxy-wasm-host.md 2.1). */
export const logging: readonly EnvFunction[] = [
  hostFunction(
    'proxy_log',
    { level: enumOf(logLevelNames), message: bytesIn },
    {},
    ({ vm }, { level, message }) => {
      vm.log(logLevelNames[level] ?? 'info', 'proxy_log', message)
      return Status.Ok
    },
    { inStart: true, inAllocator: true },
  ),
  hostFunction('proxy_get_log_level', {}, { level: u32Out }, ({ vm }, _args, out) => {
    out.level = logLevelNumber(vm.environment.logLevel)
    return Status.Ok
  }),
  hostFunction('proxy_get_current_time_nanoseconds', {}, { time: u64Out }, ({ vm }, _args, out) => {
    vm.environment.clock.advance(clockStepNs)
    out.time = vm.environment.clock.nowNs()
    return Status.Ok
  }),
  hostFunction('proxy_set_tick_period_milliseconds', { period: u32 }, {}, ({ context }, { period }) => {
    context.root?.host.setTickPeriod(period)
    return Status.Ok
  }),
  hostFunction('proxy_get_status', {}, { code: u32Out, message: bytesOut }, ({ context }, _args, out) => {
    out.code = context.root?.callStatus.code ?? 0
    out.message = context.root?.callStatus.message ?? ''
    return Status.Ok
  }),
  hostFunction('proxy_done', {}, {}, (call) => {
    const { root } = call.context
    if (root?.pendingDelete === undefined) {
      return call.refuse(Status.NotFound, { code: 'other', detail: 'proxy_on_done is not pending in this context' })
    }
    call.vm.defer(root.pendingDelete)
    root.pendingDelete = undefined
    return Status.Ok
  }),
]
