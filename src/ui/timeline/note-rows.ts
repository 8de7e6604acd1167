import { assertNever } from '../../model/result.ts'
import type { TraceEvent } from '../../model/trace.ts'
import { type RowContext, say } from './message-rows.ts'
import type { Phrase, Row } from './row-types.ts'
import { statusLine } from './status-line.ts'

export type NoteEvent = Extract<
  TraceEvent,
  {
    type:
      | 'request.abort'
      | 'stream.end'
      | 'local-reply'
      | 'trap'
      | 'load-error'
      | 'limit'
      | 'clock.advance'
      | 'configure'
      | 'thread'
  }
>

/** The row of something that happens in one lane (`here`: the plugin's); none where there is nothing to say. */
export function noteRow(event: NoteEvent, here: number, fromPlugin: boolean, context: RowContext): Row | undefined {
  const { base, upstream } = context
  const note = (lane: number, numbered: boolean, phrase: Phrase, detail: string, bad: boolean): Row => ({
    ...base(lane, numbered),
    kind: 'note',
    say: phrase,
    detail,
    bad,
  })
  switch (event.type) {
    case 'request.abort':
      return note(0, true, say('run.row.abort'), '', false)
    case 'stream.end': {
      const phrase = endPhrase(event.ended)
      return phrase === undefined ? undefined : note(0, false, phrase, event.details, true)
    }
    case 'local-reply': {
      if (event.outcome !== 'sent') {
        const key = event.outcome === 'ignored-second' ? 'run.row.replyIgnored' : 'run.row.replyTooLate'
        return note(here, false, say(key), '', true)
      }
      // A plugin's own reply is told by the call that sent it.
      if (fromPlugin) return undefined
      return {
        ...base(upstream),
        kind: 'message',
        title: statusLine([[':status', String(event.status)]]),
        say: [say('run.row.gatewayReply', { details: event.details || '-' })],
        node: 'out',
        bad: event.status >= 500,
      }
    }
    case 'trap':
      return { ...base(here), kind: 'trap', trap: event.kind, message: event.message }
    case 'load-error':
      return note(here, true, say('run.row.loadError'), event.message, true)
    case 'limit':
      return note(here, false, limitPhrase(event), '', true)
    case 'clock.advance':
      return note(0, false, say('run.row.clockAdvance', { time: `${event.by / 1e6} ms` }), '', false)
    case 'configure':
      return event.phase === 'update' ? note(here, false, say('run.row.configureUpdate'), '', false) : undefined
    case 'thread':
      return note(here, false, say(threadKey(event.name, event.doing), { name: event.name }), '', false)
    default:
      return assertNever(event)
  }
}

function threadKey(name: string, doing: 'vm' | 'stream') {
  if (doing === 'stream') return 'run.row.threadTakes'
  if (name === 'base') return 'run.row.threadBase'
  return name === 'canary' ? 'run.row.threadCanary' : 'run.row.threadStarts'
}

function endPhrase(ended: string): Phrase | undefined {
  if (ended === 'reset') return say('run.row.endReset')
  if (ended === 'truncated') return say('run.row.endTruncated')
  if (ended === 'client-abort') return say('run.row.endAbort')
  if (ended === 'rejected') return say('run.row.endRejected')
  if (ended === 'deadline') return say('run.row.endDeadline')
  return undefined
}

function limitPhrase(event: Extract<TraceEvent, { type: 'limit' }>): Phrase {
  switch (event.what) {
    case 'events-dropped':
      return say('run.row.dropped', { count: event.count })
    case 'deadline':
      return say('run.row.deadline')
    case 'loop-bound':
      return say('run.row.loopBound', { detail: event.detail })
    default:
      return assertNever(event.what)
  }
}
