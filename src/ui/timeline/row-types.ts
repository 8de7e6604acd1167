import type { PluginIndex, SpanId, StreamId } from '../../model/brand.ts'
import type { LogLevel } from '../../model/trace.ts'
import type { TextKey, TextParams } from '../../text/text.ts'

/** What an action is drawn as: one shape and one word each. */
export type Mark = 'continue' | 'stop' | 'buffer' | 'reply' | 'trap' | 'hang'

/** Words to be said in the reader's language. A parameter may be a phrase itself. */
export type Phrase = { readonly key: TextKey; readonly params?: Readonly<Record<string, string | number | Phrase>> }

/** A column of the timeline: someone the request meets. */
export type Lane =
  | { readonly kind: 'client' }
  /** Where a plugin would stand, in a run without any. */
  | { readonly kind: 'free' }
  | { readonly kind: 'plugin'; readonly index: PluginIndex; readonly name: string }
  /** `route`: the route's upstream; otherwise a cluster that a plugin called. */
  | { readonly kind: 'cluster'; readonly name: string; readonly route: boolean }

/** Result of a host call as the row shows it. `bad` is everything but Ok. */
export type RowResult = { readonly text: string; readonly bad: boolean }

type RowBase = {
  /** Stays the same for the same event in a repeated run of the same project: used for selection and folds. */
  readonly key: string
  /** The event's number in this timeline, from 1. Absent for rows that are no event of their own. */
  readonly number: number | undefined
  /** The record the row stands for (waits and notes: the record they explain). */
  readonly seq: number
  /** Virtual nanoseconds. */
  readonly at: number
  readonly lane: number
  readonly span: SpanId | undefined
  readonly stream: StreamId | undefined
}

export type MessageRow = RowBase & {
  readonly kind: 'message'
  /** First words, in code type: `POST /post`, `200 OK`; '' for body and trailer rows. */
  readonly title: string
  readonly say: readonly Phrase[]
  readonly node: 'in' | 'out' | 'small-in' | 'small-out' | 'none'
  readonly bad: boolean
}
export type CallbackRow = RowBase & {
  readonly kind: 'callback'
  readonly name: string
  readonly args: string
  readonly mark: Mark | undefined
  /** The SDK's word for what was returned; '' for callbacks that return nothing. */
  readonly word: string
  readonly direction: 'request' | 'response' | 'none'
  readonly nesting: number
}
export type CallRow = RowBase & {
  readonly kind: 'call'
  readonly name: string
  readonly args: string
  readonly result: RowResult
  /** Inside an opened fold. */
  readonly folded: boolean
  readonly logLevel: LogLevel | undefined
}
export type FoldRow = RowBase & {
  readonly kind: 'fold'
  readonly say: Phrase
  readonly open: boolean
  readonly count: number
}
export type WaitRow = RowBase & {
  readonly kind: 'wait'
  readonly say: Phrase
  /** Virtual nanoseconds; undefined for a hang. */
  readonly duration: number | undefined
  readonly hang: boolean
}
export type FindingRow = RowBase & { readonly kind: 'finding'; readonly finding: number; readonly problem: boolean }
export type LogRow = RowBase & {
  readonly kind: 'log'
  readonly level: LogLevel
  readonly message: string
  readonly via: string
}
export type NoteRow = RowBase & {
  readonly kind: 'note'
  readonly say: Phrase
  readonly detail: string
  readonly bad: boolean
}
export type TrapRow = RowBase & { readonly kind: 'trap'; readonly trap: string; readonly message: string }

export type Row = MessageRow | CallbackRow | CallRow | FoldRow | WaitRow | FindingRow | LogRow | NoteRow | TrapRow

export type { TextParams }
