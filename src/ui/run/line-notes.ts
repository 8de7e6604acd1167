import type { TracePlugin } from '../../model/trace.ts'
import { entriesOf } from '../timeline/entries.ts'
import { isSdkCall } from '../timeline/folds.ts'
import type { CallbackRow, CallRow, Mark, Phrase } from '../timeline/row-types.ts'
import type { Timeline } from '../timeline/timeline.ts'

/** A line of a source by its path in the project, from 1. */
export type SourceLine = { readonly path: string; readonly line: number }

/** What one line of a plugin's source did in the exchange on the screen. */
export type LineNote = SourceLine & {
  /** `seq` of the event that the note is about. */
  readonly event: number
  /** Of a callback whose handler begins here. */
  readonly mark: Mark | undefined
  /** The callback that is handled here: `on_request_headers`; '' when none is. */
  readonly handles: string
  /** The callback is of the way back. */
  readonly flip: boolean
  /** A host call that was not Ok, other than one that found nothing. */
  readonly bad: boolean
  /** What stands behind the line: a value read, a status; undefined when there is nothing to add. */
  readonly text: string | Phrase | undefined
  /** Host calls made by this line, and by the SDK for it. */
  readonly calls: readonly string[]
}

/** Where events stand in the sources. */
export type Places = {
  readonly ofCall: (seq: number) => SourceLine | undefined
  readonly ofHandler: (plugin: string, callback: string) => SourceLine | undefined
}

/** One note for each line that made a host call or handles a callback; the last thing it did is what is told. */
export function lineNotes(timeline: Timeline, plugins: readonly TracePlugin[], places: Places): readonly LineNote[] {
  const notes = new Map<string, LineNote>()
  for (const row of entriesOf(timeline.records, timeline.lanes, plugins).rows) {
    const lane = timeline.lanes[row.lane]
    if (lane?.kind !== 'plugin') continue
    const plugin = plugins.find(({ index }) => index === lane.index)
    const place =
      row.kind === 'call'
        ? places.ofCall(row.seq)
        : row.kind === 'callback'
          ? places.ofHandler(lane.name, row.name)
          : undefined
    if (place === undefined || (row.kind !== 'call' && row.kind !== 'callback')) continue
    const key = `${place.path}:${place.line}`
    const before = notes.get(key) ?? { ...place, ...nothing, event: row.seq }
    notes.set(key, row.kind === 'call' ? withCall(before, row, plugin) : withCallback(before, row))
  }
  return [...notes.values()]
}

const nothing = { mark: undefined, handles: '', flip: false, bad: false, text: undefined, calls: [] } as const

function withCallback(note: LineNote, row: CallbackRow): LineNote {
  if (row.mark === undefined) return note
  return {
    ...note,
    event: row.seq,
    mark: row.mark,
    handles: row.name.replace(/^proxy_/, ''),
    flip: row.direction === 'response',
  }
}

function withCall(note: LineNote, row: CallRow, plugin: TracePlugin | undefined): LineNote {
  const calls = note.calls.includes(row.name) ? note.calls : [...note.calls, row.name]
  // What the SDK asks by itself is not what the line is about, nor does a later call hide one that failed.
  const bySdk: boolean = isSdkCall(row, plugin)
  if (bySdk || (note.bad && !row.result.bad)) return { ...note, calls }
  const event = note.mark === undefined ? row.seq : note.event
  return { ...note, calls, event, bad: row.result.bad, text: toldOf(row) ?? note.text }
}

/** What a call gave the plugin, or did, where that is more than Ok. */
function toldOf({ name, args, result }: CallRow): string | Phrase | undefined {
  if (result.bad) return result.text
  switch (name) {
    case 'proxy_get_header_map_value':
    case 'proxy_get_property':
    case 'proxy_get_shared_data':
      return args.includes(' → ') ? args.slice(args.indexOf(' → ') + 3) : result.text
    case 'proxy_continue_stream':
    case 'proxy_continue_request':
    case 'proxy_continue_response':
      return { key: 'run.line.resumes' }
    case 'proxy_send_local_response':
      return { key: 'run.line.replies', params: { status: args.split(',')[0] ?? '' } }
    default:
      return undefined
  }
}
