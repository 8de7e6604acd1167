import { Status } from '../abi/status.ts'
import type { PropertyDeclaration } from '../vm/seam.ts'
import type { Exchange } from './exchange.ts'
import type { Plugin } from './plugin.ts'

/** `proxy_set_property`: stored for every plugin of the stream; some Higress names also act (5.3). Returns the status. */
export function setStreamProperty(
  exchange: Exchange,
  path: string,
  value: Uint8Array,
  plugin: Plugin,
  declaration: PropertyDeclaration | undefined,
): number {
  if (exchange.runtime.family === 'higress') {
    if (path.startsWith('trace_span_tag.')) return 0
    const number = Number(new TextDecoder().decode(value))
    if (path === 'set_decoder_buffer_limit' && Number.isInteger(number)) exchange.chain.request.held.setLimit(number)
    if (path === 'set_encoder_buffer_limit' && Number.isInteger(number)) exchange.chain.response.held.setLimit(number)
    if (path === 'wasm_need_rebuild' && new TextDecoder().decode(value) === 'true') plugin.askForRebuild()
  }
  return keptStatus(exchange.filterState.set(path, value, declaration))
}

/** Of `FilterState.set`, as a status number. */
export function keptStatus(kept: boolean | 'full'): number {
  if (kept === 'full') return Status.InternalFailure
  return kept ? Status.Ok : Status.BadArgument
}
