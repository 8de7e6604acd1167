/**
 * Higress plugins in AssemblyScript, named as in Go: `wrapper.SetCtx`, `proxywasm.AddHttpRequestHeader`,
 * `types.HeaderContinue`, `log.Info`. Add `export * from '@proxyground/sdk/higress/proxy'` to the entry file.
 */
import '../core/globals'
import * as log from './log'
import * as proxywasm from './proxywasm'
import * as types from './types'
import * as wrapper from './wrapper'

export { log, proxywasm, types, wrapper }
export { utf8 as bytes, textOf as text } from '../core/bytes'
export { lastStatus, Status, statusName } from '../core/status'
export { Header } from './answer-headers'
export { HttpContext } from './http-context'
export { Json, JsonType } from './json'
export { JsonObject, QuoteJson } from './json-write'
export { Log } from './log'
export { PluginContext } from './plugin-context'
export { RespType, RespValue } from './resp'
