import type { TraceView } from '../../model/trace.ts'
import { openTrace } from '../trace/view.ts'
import type { RunResult, TraceData } from './api.ts'

/**
 * A finished run as text, made when the app is built, so that the first paint shows a run before the emulator has
 * loaded (ui/README.md, "Loading"). Our own file of the same build: it is read as it was written.
 */
type Finished = Extract<RunResult, { kind: 'finished' }>
type PackedTrace = Omit<TraceData, 'clockStart' | 'buffers'> & {
  readonly clockStart: string
  readonly buffers: readonly string[]
}
type Packed = Omit<Finished, 'trace'> & { readonly trace: PackedTrace }

export function packRun({ trace, ...result }: Finished): string {
  const buffers = trace.buffers.map((buffer) => toText(new Uint8Array(buffer)))
  const packed: Packed = { ...result, trace: { ...trace, clockStart: String(trace.clockStart), buffers } }
  return JSON.stringify(packed)
}

export function unpackRun(text: string): { readonly result: Finished; readonly trace: TraceView } {
  const { trace, ...rest }: Packed = JSON.parse(text)
  const buffers = trace.buffers.map(toBuffer)
  const result: Finished = { ...rest, trace: { ...trace, clockStart: BigInt(trace.clockStart), buffers } }
  return { result, trace: openTrace(result.trace) }
}

const toText = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
const toBuffer = (text: string): ArrayBuffer => Uint8Array.from(atob(text), (char) => char.charCodeAt(0)).buffer
