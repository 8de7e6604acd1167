import type { TraceView } from '../../model/trace.ts'
import { actionMark, actionWord } from './action-word.ts'
import type { Mark } from './row-types.ts'

/** The last thing one callback of a plugin did in a run, for the outline beside the editor. */
export type CallbackSummary = {
  /** Export name: `proxy_on_request_headers`. */
  readonly callback: string
  readonly calls: number
  readonly mark: Mark | undefined
  readonly word: string
  readonly direction: 'request' | 'response' | 'none'
  /** `seq` of its last entry. */
  readonly seq: number
}

/** The callbacks of one plugin that were called, in order of first call. */
export function callbackSummaries(view: TraceView, plugin: string): readonly CallbackSummary[] {
  const known = view.plugins.find(({ name }) => name === plugin)
  const found = new Map<string, CallbackSummary>()
  const replied = new Set<number>()
  let lastEntered: string | undefined
  for (let at = 0; at < view.length; at++) {
    const record = view.record(at)
    if (record.plugin !== known?.index || known === undefined) continue
    const { event } = record
    if (event.type === 'guest.enter') {
      const calls = (found.get(event.callback)?.calls ?? 0) + 1
      const direction = event.callback.startsWith('proxy_on_response_')
        ? 'response'
        : event.callback.startsWith('proxy_on_request_')
          ? 'request'
          : 'none'
      found.set(event.callback, {
        callback: event.callback,
        calls,
        mark: undefined,
        word: '',
        direction,
        seq: record.seq,
      })
      lastEntered = event.callback
    } else if (event.type === 'host.call' && event.fn === 'proxy_send_local_response' && event.code === 0) {
      if (record.parent !== undefined) replied.add(record.parent)
    } else if (event.type === 'guest.leave') {
      const summary = found.get(event.callback)
      if (summary === undefined) continue
      const word =
        typeof event.returned === 'number' && event.action !== undefined
          ? actionWord(known, event.callback, event.returned, event.action)
          : ''
      const mark: Mark | undefined =
        event.returned === 'trap'
          ? 'trap'
          : replied.has(event.span)
            ? 'reply'
            : event.action === undefined
              ? undefined
              : actionMark(event.action, event.callback)
      found.set(event.callback, { ...summary, mark, word })
    } else if (event.type === 'hung' && lastEntered !== undefined) {
      const summary = found.get(lastEntered)
      if (summary !== undefined) found.set(lastEntered, { ...summary, mark: 'hang', word: '' })
    }
  }
  return [...found.values()]
}
