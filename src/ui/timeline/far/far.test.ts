import { expect, test } from 'vitest'
import type { StreamId } from '../../../model/brand.ts'
import { helloTrace, ok, TraceFixture } from '../fixture.ts'
import { scopesOf } from '../scopes.ts'
import { Density, runLanes } from './density.ts'
import { columnsOf, positionsByStream, statusCounts, stripOf } from './strips.ts'
import type { Tick } from './ticks.ts'

const none: ReadonlySet<number> = new Set()

/** `count` requests of one step; the one numbered `bad` hangs. */
function load(count: number, bad: number): TraceFixture {
  const fixture = new TraceFixture('gate').event({ type: 'step', index: 0, label: 'load' })
  for (let number = 1; number <= count; number++) {
    fixture.stream = number as StreamId
    fixture.request(
      [
        [':method', 'GET'],
        [':path', `/${number}`],
      ],
      true,
    ) // prettier-ignore
    if (number === bad)
      fixture
        .callback(0, 'proxy_on_request_headers', 1, 'StopAllIterationAndWatermark')
        .event({ type: 'hung', certainty: 'certain', direction: 'request' }, 0)
        .end('hung', '')
    else
      fixture
        .callback(0, 'proxy_on_request_headers', 0, 'Continue', (f) => f.call('proxy_log', []))
        .wait(2)
        .event({ type: 'response.headers', headers: ok, endOfStream: true })
        .end()
  }
  return fixture
}

test('a strip says how its exchange ended and what was worst in it', () => {
  const view = load(3, 2).view()
  const positions = positionsByStream(view)
  const strips = [1, 2, 3].map((id) => stripOf(view, positions.get(id as StreamId) ?? [], none))
  expect(strips.map(({ title, status, ended, worst }) => [title, status, ended, worst])).toEqual([
    ['GET /1', 200, 'complete', 'callback'],
    ['GET /2', undefined, 'hung', 'hang'],
    ['GET /3', 200, 'complete', 'callback'],
  ])
  expect(strips[0]?.took).toBe(2e6)
  expect(strips[1]?.ticks.map(({ kind, mark }) => mark ?? kind)).toEqual(['message', 'callback', 'stop', 'hang'])
})

test('an event that a finding calls a problem is drawn as one', () => {
  const view = helloTrace().view()
  const call = helloTrace().records.find(({ event }) => event.type === 'host.call')?.seq ?? -1
  const strip = stripOf(view, positionsByStream(view).get(1 as StreamId) ?? [], new Set([call]))
  expect(strip.worst).toBe('bad')
})

test('statuses are counted, exchanges without a response too', () => {
  const view = load(5, 3).view()
  expect(statusCounts(view, scopesOf(view))).toEqual([
    { status: 200, count: 4 },
    { status: undefined, count: 1 },
  ])
})

test('where many events share a pixel the worst is drawn', () => {
  const ticks = Array.from({ length: 1000 }, (_, seq): Tick => {
    return { seq, kind: seq === 777 ? 'hang' : 'call', plugin: undefined, mark: undefined }
  })
  const columns = columnsOf(ticks, 100, 2)
  expect(columns).toHaveLength(50)
  expect(columns.filter(({ kind }) => kind === 'hang').map(({ seq }) => seq)).toEqual([777])
  expect(columnsOf(ticks.slice(0, 10), 100, 2)).toHaveLength(10)
})

test.each([1, 7, 100, 5000])(
  'one hang is a visible mark among %i buckets, and nothing is lost in counting',
  (buckets) => {
    const view = load(400, 250).view()
    const density = new Density(view, buckets, runLanes(view), none)
    while (!density.done) density.advance(333)
    const worst = density.buckets.filter(({ worst }) => worst?.kind === 'hang')
    expect(worst).toHaveLength(1)
    const strips = [...positionsByStream(view).values()].map((positions) => stripOf(view, positions, none))
    const counted = density.buckets.reduce((sum, { counts }) => sum + counts.reduce((a, b) => a + b, 0), 0)
    expect(counted).toBe(strips.reduce((sum, { ticks }) => sum + ticks.length, 0))
    expect(density.buckets.at(-1)?.to).toBe(view.length)
  },
)
