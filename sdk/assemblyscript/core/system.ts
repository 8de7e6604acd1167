import { at, OUT_LONG, OUT_POINTER, OUT_SIZE, OUT_WORD, takeBytes, textOf, utf8 } from './bytes'
import {
  proxy_call_foreign_function,
  proxy_done,
  proxy_get_current_time_nanoseconds,
  proxy_get_status,
  proxy_set_effective_context,
  proxy_set_tick_period_milliseconds,
} from './host'
import { enterContext } from './registry'
import { keepStatus, Status } from './status'

/** Nanoseconds since 1970 on the gateway's clock. */
export function currentTimeNs(): u64 {
  return keepStatus(proxy_get_current_time_nanoseconds(OUT_LONG)) == Status.Ok ? load<u64>(OUT_LONG) : 0
}

/** Milliseconds since 1970 on the gateway's clock. */
export function currentTimeMs(): u64 {
  return currentTimeNs() / 1000000
}

/** Asks for `RootContext.onTick` every so many milliseconds; 0 stops it. */
export function setTickPeriod(milliseconds: u32): Status {
  return keepStatus(proxy_set_tick_period_milliseconds(milliseconds))
}

/** Calls a function of the gateway by name; null if it failed (`lastStatus()`: NotFound for an unknown name). */
export function callForeignFunction(name: string, argument: ArrayBuffer | null = null): ArrayBuffer | null {
  const key = utf8(name)
  const data = argument === null ? new ArrayBuffer(0) : argument
  const status = proxy_call_foreign_function(
    at(key),
    key.byteLength,
    at(data),
    data.byteLength,
    OUT_POINTER,
    OUT_SIZE,
  )
  return keepStatus(status) == Status.Ok ? takeBytes() : null
}

/** Makes another context of this VM the one that host calls work on, until the callback returns. */
export function setEffectiveContext(id: u32): Status {
  const status = keepStatus(proxy_set_effective_context(id))
  if (status == Status.Ok) enterContext(id)
  return status
}

/** Tells the gateway that a root context whose `onDone` said false may go now. */
export function done(): Status {
  return keepStatus(proxy_done())
}

/** The gateway's words for the last call's failure (gRPC). */
export function callStatusMessage(): string {
  return keepStatus(proxy_get_status(OUT_WORD, OUT_POINTER, OUT_SIZE)) == Status.Ok ? textOf(takeBytes()) : ''
}
