/** Whatever filters answer, the chain never throws, loses no byte it should keep, and ends once. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EnvoyHeaderMap } from '../codec/header-map.ts'
import type { DataStatus, HeadersStatus, TrailersStatus } from './action.ts'
import { type Script, ScriptedChain } from './scripted-chain.ts'

const headersStatus = fc.constantFrom<HeadersStatus>(
  'Continue',
  'Continue',
  'StopIteration',
  'StopAllIterationAndBuffer',
  'StopAllIterationAndWatermark',
)
const keepingStatus = fc.constantFrom<DataStatus>('Continue', 'StopIterationAndBuffer', 'StopIterationAndWatermark')
const anyDataStatus = fc.constantFrom<DataStatus>('Continue', 'StopIterationAndBuffer', 'StopIterationNoBuffer')
const trailersStatus = fc.constantFrom<TrailersStatus>('Continue', 'StopIteration')

/** Answers from a list, over and over. */
const taking = <T>(list: readonly T[]): (() => T | undefined) => {
  let next = 0
  return () => list[next++ % Math.max(1, list.length)]
}

type Answers = {
  readonly headers: HeadersStatus
  readonly data: readonly DataStatus[]
  readonly trailers: readonly TrailersStatus[]
}
const answers = (data: fc.Arbitrary<DataStatus>): fc.Arbitrary<Answers> =>
  fc.record({
    headers: headersStatus,
    data: fc.array(data, { minLength: 1, maxLength: 4 }),
    trailers: fc.array(trailersStatus, { minLength: 1, maxLength: 2 }),
  })

/**
 * What waited with the headers and is held once more loses its place when trailers waited, too: a real Envoy looks again for
 * who has not seen the body, and finds nobody (conformance/cases/http2.ts).
 */
const losesItsBody = ({ headers, data }: Answers): boolean =>
  headers.startsWith('StopAll') && data.some((status) => status !== 'Continue')

function scriptOf({ headers, data, trailers }: Answers): Script {
  const nextData = taking(data)
  const nextTrailers = taking(trailers)
  return {
    headers: () => headers,
    data: () => nextData() ?? 'Continue',
    trailers: () => nextTrailers() ?? 'Continue',
  }
}

/** What happens to the stream from outside, in any order. */
type Move = { readonly kind: 'feed' } | { readonly kind: 'continue'; readonly filter: number }
const move: fc.Arbitrary<Move> = fc.oneof(
  fc.constant<Move>({ kind: 'feed' }),
  fc.record({ kind: fc.constant('continue' as const), filter: fc.nat(3) }),
)

const body = ['ab', 'c', '', 'defg']

/** Feeds headers, the body's chunks and perhaps trailers, with continues in between; then continues until all is out. */
function play(chain: ScriptedChain, moves: readonly Move[], withTrailers: boolean): void {
  let fed = 0
  const feed = (): void => {
    if (fed === 0) chain.headers('request', false)
    else if (fed <= body.length) chain.data('request', body[fed - 1] ?? '', !withTrailers && fed === body.length)
    else if (fed === body.length + 1 && withTrailers) chain.trailers('request')
    fed++
  }
  for (const each of moves) {
    if (each.kind === 'feed') feed()
    else chain.continueFilter('request', each.filter)
  }
  while (fed < body.length + 2) feed()
}

const routerBytes = (chain: ScriptedChain): string =>
  chain.log.map((line) => /^router\.data\((.*)\)/.exec(line)?.[1] ?? '').join('')

describe('any answers of any filters', () => {
  test('bytes are conserved when nobody discards, and the router is told the end exactly once', () => {
    fc.assert(
      fc.property(
        fc.array(answers(keepingStatus), { minLength: 1, maxLength: 3 }),
        fc.array(move, { maxLength: 12 }),
        fc.boolean(),
        (plans, moves, withTrailers) => {
          fc.pre(!withTrailers || !plans.some(losesItsBody))
          const chain = new ScriptedChain(plans.map(scriptOf))
          play(chain, moves, withTrailers)
          // Someone who holds for ever is continued until nothing is held; each round releases at least one.
          for (let round = 0; chain.requestEnds === 0 && round < 200; round++)
            plans.forEach((_, index) => {
              chain.continueFilter('request', index)
            })
          expect(chain.requestEnds).toBe(1)
          expect(routerBytes(chain)).toBe(body.join(''))
          expect(chain.log.filter((line) => line.startsWith('router.headers'))).toHaveLength(1)
          const firstData = chain.log.findIndex((line) => line.startsWith('router.data'))
          expect(chain.log.findIndex((line) => line.startsWith('router.headers'))).toBeLessThan(
            firstData < 0 ? chain.log.length : firstData,
          )
        },
      ),
      { numRuns: 500 },
    )
  })

  test('with discards and replies at any point nothing throws, and the response ends at most once', () => {
    const replyAt = fc.record({
      filter: fc.nat(2),
      part: fc.constantFrom('headers', 'data'),
      direction: fc.constantFrom('request', 'response'),
    })
    fc.assert(
      fc.property(
        fc.array(answers(anyDataStatus), { minLength: 1, maxLength: 3 }),
        fc.array(move, { maxLength: 12 }),
        replyAt,
        (plans, moves, reply) => {
          const chain: ScriptedChain = new ScriptedChain(
            plans.map((plan, index): Script => {
              const script = scriptOf(plan)
              const here = (part: string, direction: string): void => {
                if (index === reply.filter && part === reply.part && direction === reply.direction)
                  chain.replyWith(403, 'no')
              }
              return {
                headers: (direction, end) => {
                  here('headers', direction)
                  return script.headers?.(direction, end) ?? 'Continue'
                },
                data: (direction, chunk, end) => {
                  here('data', direction)
                  return script.data?.(direction, chunk, end) ?? 'Continue'
                },
              }
            }),
          )
          play(chain, moves, false)
          if (!chain.chain.isFinished && chain.chain.response.headers === undefined) {
            chain.chain.response.feedHeaders(new EnvoyHeaderMap('response', [[':status', '200']]), false)
            if (!chain.chain.isFinished) chain.data('response', 'body', true)
          }
          for (let round = 0; round < 20; round++)
            plans.forEach((_, index) => {
              chain.continueFilter('request', index)
              chain.continueFilter('response', index)
            })
          expect(chain.responseEnds + chain.resets).toBeLessThanOrEqual(1)
          expect(chain.requestEnds).toBeLessThanOrEqual(1)
          expect(chain.log.filter((line) => line.startsWith('client.headers')).length).toBeLessThanOrEqual(1)
        },
      ),
      { numRuns: 500 },
    )
  })
})
