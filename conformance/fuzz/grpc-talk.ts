import type { Chance } from './chance.ts'
import type { Section } from './program.ts'

const methods = ['Unary', 'Echo', 'EmptyMessage', 'NoMessage', 'Two', 'Fail', 'FailLate', 'NoStatus', 'Http503', 'Reset', 'Garbage', 'Server', 'EarlyFail', 'Nowhere'] as const // biome-ignore format: table

/** Calls and streams that a held callback begins; the last thing they tell lets the stream go. */
export function grpcTalk(chance: Chance): { readonly sections: readonly Section[]; readonly side: 0 | 1 } {
  const from = chance.of(['request_headers', 'request_headers', 'response_headers', 'request_body'] as const)
  const side = from.startsWith('response') ? 1 : 0
  const look = () =>
    chance.list(0, 2, () => chance.of(['status', 'getbuf 5 0 100', 'pairs 4', 'pairs 5', 'get 4 x-init', 'get 5 x-trail', 'size 4', 'get 0 :path'])) // biome-ignore format: one
  const held = { on: from, returns: [from.endsWith('body') ? 1 : chance.of([1, 3, 4])] }
  const first = (lines: readonly string[]) => (from.endsWith('body') ? lines.map((line) => `@1 ${line}`) : lines)
  const end = [...look(), `continue ${side}`]
  if (chance.happens(0.4)) {
    const time = chance.of([3000, 3000, 600])
    const metadata = chance.of(['', ' x-mine=1', ' x-mine=1 x-mine=2'])
    const lines = [`gcall ${chance.of(['grpc~', 'grpc~', 'grpc~', 'refused~'])} ${time} ${chance.of(methods)} ${chance.of(['question', '', 'x'.repeat(60)])}${metadata}`] // biome-ignore format: one
    const cancels = chance.happens(0.1) ? [chance.of(['gcancel', 'gclose']), `continue ${side}`] : []
    return {
      side,
      sections: [
        { ...held, lines: first([...lines, ...cancels]) },
        { on: 'grpc_receive', lines: end, returns: [] },
        { on: 'grpc_close', lines: end, returns: [] },
      ],
    }
  }
  const more = (from: 'receive' | 'initial') =>
    chance.happens(0.25) ? [chance.of(['gsend more 1', 'gsend more 0', 'gcancel', 'gclose', ...(from === 'initial' ? ['gsend  1'] as const : [])])] : [] // biome-ignore format: one
  const begin = [
    `gstream grpc~ ${chance.of(methods)}${chance.of(['', ' x-mine=1'])}`,
    ...chance.list(1, 3, () => 'gsend question 0'),
    ...(chance.happens(0.8) ? ['gsend last 1'] : []),
  ]
  return {
    side,
    sections: [
      { ...held, lines: first(begin) },
      { on: 'grpc_initial_metadata', lines: [...look(), ...more('initial')], returns: [] },
      { on: 'grpc_receive', lines: [...look(), ...more('receive')], returns: [] },
      { on: 'grpc_trailing_metadata', lines: look(), returns: [] },
      { on: 'grpc_close', lines: end, returns: [] },
    ],
  }
}
