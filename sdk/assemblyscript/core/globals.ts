/**
 * What AssemblyScript's own library expects from its environment, on top of proxy-wasm. The compiler is told with
 * `--use abort=proxy_abort --use seed=proxy_seed --use trace=proxy_trace`; without that the module would import
 * `env.abort`, which no gateway has.
 */
import { OUT_LONG } from './bytes'
import { proxy_get_current_time_nanoseconds } from './host'
import { log, LogLevel } from './log'

/** A failed assertion, a `throw`, an index out of range: one critical log line with the place, then a trap. */
// @ts-ignore: decorator
@global export function proxy_abort(message: string | null, file: string | null, line: u32, column: u32): void {
  const what = message === null ? 'abort' : 'abort: ' + message
  const where = file === null ? 'unknown place' : file
  log(LogLevel.Critical, what + ' at ' + where + ':' + line.toString() + ':' + column.toString())
  unreachable()
}

/** Seed of `Math.random`: the gateway's clock. */
// @ts-ignore: decorator
@global export function proxy_seed(): f64 {
  proxy_get_current_time_nanoseconds(OUT_LONG)
  return reinterpret<f64>(load<u64>(OUT_LONG))
}

/** AssemblyScript's `trace(message, n, …)`: a trace line. */
// @ts-ignore: decorator
@global export function proxy_trace(
  message: string,
  n: i32 = 0,
  a0: f64 = 0,
  a1: f64 = 0,
  a2: f64 = 0,
  a3: f64 = 0,
  a4: f64 = 0,
): void {
  let line = message
  if (n > 0) line += ' ' + a0.toString()
  if (n > 1) line += ', ' + a1.toString()
  if (n > 2) line += ', ' + a2.toString()
  if (n > 3) line += ', ' + a3.toString()
  if (n > 4) line += ', ' + a4.toString()
  log(LogLevel.Trace, line)
}
