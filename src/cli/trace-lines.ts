import type { TraceData } from '../sandbox/entry/api.ts'
import { renderTrace } from '../sandbox/trace/render.ts'
import { openTrace } from '../sandbox/trace/view.ts'
import { printable } from './outcome.ts'

/** One line per event: number, virtual time, stream, plugin, what happened. */
export const traceLines = (data: TraceData): readonly string[] =>
  renderTrace(openTrace(data))
    .split('\n')
    .map((line) => printable(line))
