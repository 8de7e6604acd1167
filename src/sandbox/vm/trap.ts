import type { StackFrame, TrapKind } from '../../model/trace.ts'

/** Texts by which engines (V8, SpiderMonkey, JavaScriptCore) tell how a guest trapped. First match wins. */
const patterns: readonly (readonly [pattern: RegExp, kind: TrapKind])[] = [
  [/unreachable/i, 'unreachable'],
  [/table (index|access|element)|out of bounds table|table out of bounds/i, 'out-of-bounds-table'],
  [/memory (access )?out of bounds|out of bounds memory|index out of bounds/i, 'out-of-bounds-memory'],
  [/divide by zero|division by zero/i, 'divide-by-zero'],
  [/integer overflow|divide result unrepresentable|division overflow/i, 'integer-overflow'],
  [/float unrepresentable|invalid conversion|truncation/i, 'invalid-conversion'],
  [/null function|signature mismatch|indirect call|call_indirect/i, 'indirect-call'],
  [/out of memory|allocation failed/i, 'out-of-memory'],
]

/** As Envoy's V8 words them, so that the log line is the same on every engine (proxy-wasm-host.md 7.2). */
const envoyTexts: Readonly<Record<TrapKind, string>> = {
  unreachable: 'Uncaught RuntimeError: unreachable',
  'out-of-bounds-memory': 'Uncaught RuntimeError: memory access out of bounds',
  'out-of-bounds-table': 'Uncaught RuntimeError: table index is out of bounds',
  'divide-by-zero': 'Uncaught RuntimeError: divide by zero',
  'integer-overflow': 'Uncaught RuntimeError: divide result unrepresentable',
  'invalid-conversion': 'Uncaught RuntimeError: float unrepresentable in integer range',
  'indirect-call': 'Uncaught RuntimeError: null function or function signature mismatch',
  'stack-overflow': 'Uncaught RangeError: Maximum call stack size exceeded',
  'out-of-memory': 'Uncaught RangeError: Out of memory',
  'restricted-callback': 'restricted_callback',
  'guest-exception': 'Uncaught wasm exception',
  'host-abort': 'Uncaught RuntimeError: unreachable',
  other: 'Uncaught RuntimeError',
}

type Names = { readonly functionName: (index: number) => string; readonly codeShift: number }

export type Trap = { readonly kind: TrapKind; readonly message: string; readonly frames: readonly StackFrame[] }

/** What an exception that left a guest call was. Never throws: anything can be thrown. */
export function describeTrap(error: unknown, module: Names): Trap {
  const message = error instanceof Error ? error.message : 'not an error object'
  const frames = error instanceof Error && typeof error.stack === 'string' ? parseFrames(error.stack, module) : []
  return { kind: trapKind(error, message), message, frames }
}

/**
 * Traps, exceptions of the guest, and what only a guest's depth or sizes can bring about (RangeError, SpiderMonkey's
 * InternalError). Anything else that leaves a guest call is a mistake in a host function and must not look like a trap.
 */
export function isGuestsFault(error: unknown): boolean {
  return (
    error instanceof WebAssembly.RuntimeError ||
    error instanceof RangeError ||
    isGuestException(error) ||
    (error instanceof Error && error.name === 'InternalError')
  )
}

function trapKind(error: unknown, message: string): TrapKind {
  if (isGuestException(error)) return 'guest-exception'
  // "Maximum call stack size exceeded" (V8, JSC) and "too much recursion" (SpiderMonkey's InternalError).
  if (/call stack|too much recursion|stack overflow/i.test(message)) return 'stack-overflow'
  return patterns.find(([pattern]) => pattern.test(message))?.[1] ?? 'other'
}

/** `WebAssembly.Exception` is missing in older engines. */
function isGuestException(error: unknown): boolean {
  return 'Exception' in WebAssembly && error instanceof WebAssembly.Exception
}

const framePattern = /wasm-function\[(\d+)\]:0x([0-9a-f]+)/

/** Frames of the guest only: V8 and SpiderMonkey both write `wasm-function[index]:0xoffset`. */
function parseFrames(stack: string, module: Names): StackFrame[] {
  const frames: StackFrame[] = []
  for (const line of stack.split('\n')) {
    const match = framePattern.exec(line)
    if (match?.[1] === undefined || match[2] === undefined) continue
    const offset = Number.parseInt(match[2], 16) - module.codeShift
    frames.push({ name: module.functionName(Number(match[1])), offset })
    if (frames.length === 64) break
  }
  return frames
}

/** The guest's frames around a host call that is under way, innermost first; none where the engine writes no offsets. */
export function framesHere(module: Names): readonly StackFrame[] {
  // V8 keeps ten frames unless told otherwise, and an SDK's own calls are the first of them.
  const before: unknown = Reflect.get(Error, 'stackTraceLimit')
  Reflect.set(Error, 'stackTraceLimit', 64)
  const { stack } = new Error('here')
  Reflect.set(Error, 'stackTraceLimit', before)
  return parseFrames(stack ?? '', module)
}

/** The line Envoy logs at error level; Higress writes the line breaks as the two characters `\n` (7.2). */
export function trapLog(callback: string, trap: Trap, hasNames: boolean, family: 'higress' | 'envoy'): string {
  const lines = [`Function: ${callback} failed: ${envoyTexts[trap.kind]}`]
  if (hasNames) {
    lines.push('Proxy-Wasm plugin in-VM backtrace:')
    // Upstream stops after 20 frames.
    trap.frames.slice(0, 20).forEach((frame, index) => {
      lines.push(`${String(index).padStart(3)}:  0x${frame.offset.toString(16)} - ${frame.name}`)
    })
  }
  return lines.join(family === 'higress' ? '\\n' : '\n')
}
