/** Proxy-Wasm plugins in AssemblyScript. Read README.md for the guide. */
import './core/globals'

export { DataAction, HeaderAction, TrailersAction } from './core/actions'
export { Body, BufferType } from './core/body'
export { equalBytes, joinBytes, latin1, latin1Of, textOf, utf8 } from './core/bytes'
export { CallResponse, httpCall } from './core/call'
export { HttpContext, RootContext, sendLocalReply } from './core/context'
export { HeaderMap, MapType } from './core/headers'
export {
  log,
  logCritical,
  logDebug,
  logError,
  logInfo,
  LogLevel,
  logLevel,
  logTrace,
  logWarn,
} from './core/log'
export { counter, gauge, histogram, Metric, MetricType } from './core/metric'
export { getProperty, getPropertyInt, getPropertyText, setProperty, setPropertyText } from './core/property'
export { currentContextId, registerHttpContext, registerRootContext } from './core/registry'
export {
  dequeue,
  enqueue,
  getSharedData,
  registerSharedQueue,
  resolveSharedQueue,
  setSharedBytes,
  setSharedData,
  SharedValue,
} from './core/shared'
export { lastStatus, Status, statusName } from './core/status'
export {
  callForeignFunction,
  callStatusMessage,
  currentTimeMs,
  currentTimeNs,
  done,
  setEffectiveContext,
  setTickPeriod,
} from './core/system'
