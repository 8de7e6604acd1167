import { expect, test } from 'vitest'
import { guest } from '../run/test-guest.ts'
import { runTest } from '../run/test-run.ts'
import { openTrace } from '../trace/view.ts'
import { redisReplay } from './redis-replay.ts'

const cluster = 'outbound|6379||redis.static'

/** A plugin counts and sets a time to live, the clock moves on, redis-cli adds a key. */
function play(database = 0) {
  const gateway = `gateway: { clusters: { "${cluster}": { kind: redis, data: { n: 41 } } } }`
  const run = runTest({
    gateway,
    plugins: {
      a: guest(
        (g) => ({
          configure: [g.redisInit(`${cluster}?db=2`), g.answer(1)],
          request_headers: [g.redis(cluster, 'incr', 'n'), g.redis(cluster, 'expire', 'n', '60'), g.answer(4)],
          redis_call_response: [g.useStream(), g.resume(0)],
        }),
        '0_2_100',
      ),
    },
    steps: `  - request: { url: http://a/get }\n  - advance: 10s\n  - redis: { database: ${database}, command: [set, later, x] }\n`,
  })
  const files = { 'proxyground.yaml': `version: 1\n${gateway}\nplugins: []`, 'scenarios/a.yaml': 'steps: []' }
  const trace = openTrace(run.trace)
  const seqs = run.records.flatMap(({ seq, event }) => (event.type === 'redis.reply' ? [seq] : []))
  return { run, files, trace, seqs, replay: redisReplay(trace, files, run.report.redis) }
}
const brief = (keys: ReturnType<NonNullable<ReturnType<typeof redisReplay>>> | undefined) =>
  keys?.map(({ database, key, value, endsIn }) => `${database} ${key}=${value.join()} ${endsIn ?? '-'}`)

test('at each moment the keys are those that the commands until then had made, with what was left of their time', () => {
  const { replay, seqs, trace } = play()
  expect(brief(replay?.(0))).toEqual(['0 n=41 -'])
  expect(brief(replay?.(seqs[0] ?? -1))).toEqual(['0 n=41 -', '2 n=1 -'])
  expect(brief(replay?.(seqs[1] ?? -1))).toEqual(['0 n=41 -', '2 n=1 60000'])
  expect(brief(replay?.((seqs[2] ?? 0) - 2))).toEqual(['0 n=41 -', '2 n=1 50000'])
  expect(brief(replay?.(trace.length))?.at(1)).toBe('0 later=x -')
})

test('where the commands do not lead to what the report found, there is no answer', () => {
  const { files, trace, run } = play()
  expect(redisReplay(trace, files, [])).toBeUndefined()
  const other = { ...files, 'proxyground.yaml': files['proxyground.yaml'].replace('41', '7') }
  expect(redisReplay(trace, other, run.report.redis)).toBeUndefined()
  // The trace does not say in which database redis-cli was.
  expect(play(3).replay).toBeUndefined()
})
