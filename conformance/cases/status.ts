/** Builder: what a callback may return, each status of the ABI and numbers that none has, and how the stream goes on. */
import type { ProbeCase } from '../observed.ts'
import { call, chunked, get, on, post, script } from './parts.ts'

/** Callbacks of a stream that answer with a status. */
export const statusPhases = ['request_headers', 'request_body', 'request_trailers', 'response_headers', 'response_body', 'response_trailers'] as const // biome-ignore format: list
export type StatusPhase = (typeof statusPhases)[number]

/** By phase: what the ABI knows, then what it does not. */
export const statusesOf = (phase: StatusPhase): readonly number[] =>
  phase.endsWith('headers')
    ? [0, 1, 2, 3, 4, 5, 7, -1]
    : phase.endsWith('body')
      ? [0, 1, 2, 3, 4, 7, -1]
      : [0, 1, 2, -1]

/** `end`: the message ends with this callback; `more`: the body or its end is still to come. Trailers end always. */
export const endsOf = (phase: StatusPhase): readonly End[] => (phase.endsWith('trailers') ? ['end'] : ['more', 'end'])
export type End = 'more' | 'end'

/** Who lets the stream go on: nobody, the answer of a call, a tick. */
export const resumes = ['nobody resumes', 'a call resumes', 'a tick resumes'] as const
type Resume = (typeof resumes)[number]

export const statusName = (phase: StatusPhase, status: number, end: End, resume: Resume): string =>
  `${phase} answers ${status} with ${end === 'end' ? 'the end' : 'more to come'}, ${resume}`

/** The turn of a body callback that has the end: three chunks, then nothing. */
const endTurn = 4
const pieces = { status: 200, headers: [['content-type', 'text/plain']], body: '', chunks: ['alpha-', 'beta-', 'gamma'] } as const // biome-ignore format: one

const isResponse = (phase: StatusPhase): boolean => phase.startsWith('response')

function holding(phase: StatusPhase, status: number, end: End, resume: Resume): string {
  const turn = phase.endsWith('body') ? (end === 'end' ? endTurn : 1) : undefined
  const start = resume === 'a call resumes' ? [call] : resume === 'a tick resumes' ? ['tick 10'] : []
  const look = phase.endsWith('body') ? [`getbuf ${isResponse(phase) ? 1 : 0} 0 100`] : []
  const returns = turn === endTurn ? `0,0,0,${status}` : turn === 1 ? `${status},0` : `${status}`
  const side = isResponse(phase) ? 1 : 0
  return script(
    on(phase, ...start.map((line) => (turn === undefined ? line : `@${turn} ${line}`)), ...look, `return ${returns}`),
    ...(resume === 'a call resumes' ? [on('http_call_response', `continue ${side}`)] : []),
    // The first stream of a VM, behind its root.
    ...(resume === 'a tick resumes' ? [on('tick', 'tick 0', 'effective 2', `continue ${side}`)] : []),
  )
}

/** Trailers do not come over HTTP/1 here: another plugin makes them where the body ends. */
function scriptsOf(phase: StatusPhase, plugin: string): readonly string[] {
  if (phase === 'request_trailers') return [on('request_body', `@${endTurn} add 1 x-t 1`), plugin]
  if (phase === 'response_trailers') return [plugin, on('response_body', `@${endTurn} add 3 x-t 1`)]
  return [plugin]
}

function messages(phase: StatusPhase, end: End): Pick<ProbeCase, 'request' | 'reply'> {
  switch (phase) {
    case 'request_headers':
      return { request: end === 'end' ? get : post }
    case 'response_headers':
      return { request: get, ...(end === 'end' ? { reply: { status: 200, body: '' } } : {}) }
    default:
      return isResponse(phase) ? { request: get, reply: pieces } : { request: chunked }
  }
}

/** Then there is nothing to resume, and the call's answer races with the service's. */
const passes = (phase: StatusPhase, status: number): boolean =>
  status === 0 || (status === 2 && phase.endsWith('headers'))

/** Who resumes is tried where the status holds the stream. */
export const resumesOf = (phase: StatusPhase, status: number): readonly Resume[] =>
  passes(phase, status) ? ['nobody resumes'] : resumes

/** Every status of a phase, with and without the end of the message, resumed by nobody, a call's answer and a tick. */
export function statusCases(phase: StatusPhase): readonly ProbeCase[] {
  return statusesOf(phase).flatMap((status) =>
    endsOf(phase).flatMap((end) =>
      resumesOf(phase, status).map(
        (resume): ProbeCase => ({
          name: statusName(phase, status, end, resume),
          scripts: scriptsOf(phase, holding(phase, status, end, resume)),
          ...messages(phase, end),
          patience: 400,
        }),
      ),
    ),
  )
}

/** The same headers with the plugin option that makes 1 a real StopIteration. */
export function unconvertedCases(phase: 'request_headers' | 'response_headers'): readonly ProbeCase[] {
  const holdingOnes = statusesOf(phase).filter((status) => !passes(phase, status))
  return holdingOnes.flatMap((status) =>
    endsOf(phase).map(
      (end): ProbeCase => ({
        name: `${statusName(phase, status, end, 'a call resumes')}, without conversion`,
        scripts: [holding(phase, status, end, 'a call resumes')],
        ...messages(phase, end),
        allowStopIteration: true,
        patience: 400,
      }),
    ),
  )
}
