import { at, OUT_WORD, utf8 } from './bytes'
import { proxy_get_log_level, proxy_log } from './host'

export enum LogLevel {
  Trace = 0,
  Debug = 1,
  Info = 2,
  Warn = 3,
  Error = 4,
  Critical = 5,
  /** Only as the gateway's level: nothing is shown. */
  Off = 6,
}

/** Writes a line to the gateway's log. The status of the call is not kept, so that a log line never hides another status. */
export function log(level: LogLevel, message: string): void {
  const bytes = utf8(message)
  proxy_log(level, at(bytes), bytes.byteLength)
}

export function logTrace(message: string): void {
  log(LogLevel.Trace, message)
}
export function logDebug(message: string): void {
  log(LogLevel.Debug, message)
}
export function logInfo(message: string): void {
  log(LogLevel.Info, message)
}
export function logWarn(message: string): void {
  log(LogLevel.Warn, message)
}
export function logError(message: string): void {
  log(LogLevel.Error, message)
}
export function logCritical(message: string): void {
  log(LogLevel.Critical, message)
}

/** The level from which the gateway shows lines (ABI 0.2.1). */
export function logLevel(): LogLevel {
  return proxy_get_log_level(OUT_WORD) == 0 ? (load<u32>(OUT_WORD) as LogLevel) : LogLevel.Trace
}
