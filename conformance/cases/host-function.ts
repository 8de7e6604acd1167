/** Builder: one host function with right and wrong arguments, in its own phase and in others. */
import type { ProbeCase } from '../observed.ts'
import { call, on, post, script } from './parts.ts'

/** Arguments as the probe's `raw` takes them (`guests/probe/raw.ts`). */
type Argument = string

/** Callbacks besides the one a function belongs into. */
export const otherPhases = ['configure', 'tick', 'http_call_response', 'response_headers', 'log', 'done'] as const
export type Phase = (typeof otherPhases)[number] | 'request_headers' | 'request_body'

export type HostFunction = {
  readonly name: string
  /** Where it belongs; default `request_headers`. */
  readonly phase?: Phase
  /** A plain use. */
  readonly plain: readonly Argument[]
  /** Other plain uses. */
  readonly more?: readonly (readonly Argument[])[]
  /** Default: a POST with its length announced. */
  readonly request?: ProbeCase['request']
  /** Lines before every call, for instance what makes the id that is used. `KIND`: another name in each case. */
  readonly before?: readonly string[]
  /** Phases in which a real Envoy crashes or answers as it happens, and why. */
  readonly not?: Partial<Record<Phase, string>>
  /** Number of an argument that is not replaced by nothing or very much, and why. */
  readonly keep?: { readonly argument: number; readonly because: string }
  /** Why one of the kinds is left out. */
  readonly without?: Partial<Record<Kind, string>>
}

/** What is tried of a function. What does not apply to its arguments makes no case. */
export const kinds = ['plain', 'wrong phase', 'bad pointer', 'empty', 'huge'] as const
export type Kind = (typeof kinds)[number]

const huge = 20_000

const isText = (argument: Argument) => /^[sm]:/.test(argument)
const isPointer = (argument: Argument) => isText(argument) || argument === 'out'

/** Which kinds its arguments allow. */
export function kindsOf({ plain, without = {} }: HostFunction): readonly Kind[] {
  return kinds.filter((kind) => {
    if (kind in without) return false
    if (kind === 'bad pointer') return plain.some(isPointer)
    if (kind === 'empty' || kind === 'huge') return plain.some(isText)
    return true
  })
}

export const caseName = (name: string, kind: Kind): string => `${name}: ${kind}`

/** The call with one argument replaced, for each argument that `which` says. */
function replaced(
  plain: readonly Argument[],
  which: (argument: Argument, index: number) => boolean,
  by: (argument: Argument) => readonly string[],
): readonly (readonly Argument[])[] {
  return plain.flatMap((argument, index) =>
    which(argument, index)
      ? by(argument).map((each) => [...plain.slice(0, index), each, ...plain.slice(index + 1)])
      : [],
  )
}

const length = (argument: Argument): number => argument.length - 2

function callsOf({ plain, more = [], keep }: HostFunction, kind: Kind): readonly (readonly Argument[])[] {
  const mayVary = (argument: Argument, index: number) => isText(argument) && keep?.argument !== index
  switch (kind) {
    case 'plain':
      return [plain, ...more]
    case 'wrong phase':
      return [plain]
    case 'bad pointer':
      return replaced(plain, isPointer, (argument) =>
        argument === 'out' ? ['bad'] : [`bad ${length(argument)}`, '0 far'],
      )
    case 'empty':
      return replaced(plain, mayVary, () => ['s:', '0 0'])
    case 'huge':
      return replaced(plain, mayVary, () => [`h:${huge}`])
  }
}

/** All cases of a function: a plain use, the other phases, wrong pointers, nothing and very much. */
export function casesOf(fn: HostFunction): readonly ProbeCase[] {
  const { name, phase = 'request_headers', request = post } = fn
  return kindsOf(fn).map((kind): ProbeCase => {
    const before = (fn.before ?? []).map((line) => line.replace('KIND', kind.replace(' ', '_')))
    const lines = callsOf(fn, kind).map((each) => `raw ${name} ${each.join(' ')}`)
    const scripts = kind === 'wrong phase' ? [elsewhere(fn, [...before, ...lines])] : [on(phase, ...before, ...lines)]
    return { name: caseName(name, kind), scripts, request, settle: kind === 'wrong phase' ? 220 : 60 }
  })
}

/** The lines in every phase that is not its own. */
function elsewhere({ not = {}, phase = 'request_headers' }: HostFunction, lines: readonly string[]): string {
  const here = (each: Phase) => (each in not || each === phase ? [] : lines)
  return script(
    on('configure', ...here('configure')),
    // The tick comes when all the rest is over.
    on('request_headers', 'tick 120', call, ...here('request_headers'), 'return 4'),
    on('http_call_response', ...here('http_call_response'), 'continue 0'),
    on('tick', 'tick 0', ...here('tick')),
    on('request_body', ...here('request_body')),
    on('response_headers', ...here('response_headers')),
    on('log', ...here('log')),
    on('done', ...here('done')),
  )
}
