import { address, i64, numberOf, u32, u32Out, u64Out } from '../abi/declare.ts'
import { Errno } from '../abi/status.ts'
import { type EnvFunction, type HostCall, hostFunction } from '../host/call.ts'

const options = { returns: 'errno', inStart: true, inAllocator: true } as const
const clockId = numberOf(['realtime', 'monotonic'])
const stepNs = 1000
/** A guest that sleeps longer is woken after a day: virtual time must stay exact in a double. */
const longestSleepNs = 24 * 3600 * 1e9

const subscriptionSize = 48
const clockTag = 0
const absoluteFlag = 1

/** Virtual time for WASI (design 4.6 "Clock"): reading moves it by 1 µs, sleeping jumps to the deadline. */
export const clock: readonly EnvFunction[] = [
  hostFunction(
    'clock_time_get',
    { id: clockId, precision: i64 },
    { time: u64Out },
    ({ vm }, { id }, out) => {
      if (id > 1) return Errno.notsup
      vm.environment.clock.advance(stepNs)
      out.time = vm.environment.clock.nowNs()
      return Errno.success
    },
    options,
  ),
  hostFunction(
    'clock_res_get',
    { id: clockId },
    { resolution: u64Out },
    (_call, { id }, out) => {
      if (id > 1) return Errno.notsup
      out.resolution = 1n
      return Errno.success
    },
    { returns: 'errno', inStart: true },
  ),
  hostFunction(
    'poll_oneoff',
    { subscriptions: address, events: address, count: u32 },
    { written: u32Out },
    (call, { subscriptions, count }, out) => {
      const { clock: time, profile } = call.vm.environment
      // Not there yet, so that a Go guest that sleeps ends in a panic (seen on Envoy 1.36; 1.40 answers 0).
      if (profile === 'envoy-1.36') return Errno.nosys
      const sleep = earliestSleep(call, subscriptions, count, time.nowNs())
      if (sleep !== undefined) time.advance(sleep)
      // Success without any event: Go's runtime throws on anything else (10).
      out.written = 0
      return Errno.success
    },
    options,
  ),
]

/** Nanoseconds until the first of the clock subscriptions; `undefined` without one. */
function earliestSleep(call: HostCall, pointer: number, count: number, now: bigint): number | undefined {
  const { memory } = call.vm
  if (count > 0xffff || !memory.contains(pointer, subscriptionSize * count)) return undefined
  const { view } = memory
  let earliest: number | undefined
  for (let index = 0; index < count; index++) {
    const at = pointer + subscriptionSize * index
    if (view.getUint8(at + 8) !== clockTag) continue
    const timeout = view.getBigUint64(at + 24, true)
    const absolute = (view.getUint16(at + 40, true) & absoluteFlag) !== 0
    const wait = Math.min(Math.max(Number(absolute ? timeout - now : timeout), 0), longestSleepNs)
    earliest = Math.min(earliest ?? wait, wait)
  }
  return earliest
}
