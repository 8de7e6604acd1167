import type { StreamEnd, TraceEvent } from '../../model/trace.ts'
import { type AccessLogEntry, accessLogLine } from './access-log.ts'

/** The end of a stream as the trace keeps it: the access-log line is a view of its facts, made when it is read. */
export class StreamEnded implements Extract<TraceEvent, { type: 'stream.end' }> {
  readonly type = 'stream.end'
  readonly ended: StreamEnd
  readonly details: string
  readonly flags: string
  private entry: AccessLogEntry | undefined
  private line = ''

  constructor(ended: StreamEnd, entry: AccessLogEntry) {
    this.ended = ended
    this.details = entry.details
    this.flags = entry.flags
    this.entry = entry
  }

  /** Formats the line now: a trace that is full keeps the text rather than the header lists it is made of. */
  settle(): void {
    this.line = this.accessLog
  }

  /** Formatted once; then the facts are let go. */
  get accessLog(): string {
    if (this.entry !== undefined) this.line = accessLogLine(this.entry)
    this.entry = undefined
    return this.line
  }
}
