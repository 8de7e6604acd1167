import { headerValue } from '../../../model/http.ts'
import { latin1 } from '../../../model/project/bytes.ts'
import { redisReplyText } from '../../../model/redis-text.ts'
import type { Finding } from '../../../model/report.ts'
import { sdkActionName } from '../action-names.ts'
import { actionOfPause } from '../pauses.ts'
import { finding, type Rule } from '../rule.ts'
import { clusterArg, type Entry, is, isCallFunction, numberArg, type RecordOf, type RunFacts } from '../run-facts.ts'

/**
 * A stream that nothing can resume (design 4.6 "Hung"). Says who holds it, in which callback, what was waited for, what
 * came back without resuming. Without a holder the upstream itself did not answer.
 */
export const hung: Rule = {
  id: 'hung',
  variants: ['answered', 'refused', 'open', 'no-body', 'body-end', 'nothing', 'upstream'],
  find: (run) => run.of('hung').map((record) => explainHang(run, record)),
}

function explainHang(run: RunFacts, record: RecordOf<'hung'>): Finding {
  const { direction, certainty } = record.event
  const base = { direction, certainty }
  const pause = openPause(run, record)
  if (pause === undefined) {
    const asked = run.inStream(record.stream, 'upstream.request').at(-1)
    return finding(
      run,
      'hung',
      'problem',
      record,
      { ...base, variant: 'upstream', cluster: asked?.event.cluster ?? '' },
      '',
    )
  }
  const entry = actionOfPause(run, pause)
  const plugin = run.plugin(pause.plugin)
  const callback = entry?.enter.event.callback ?? ''
  const returned = entry?.leave?.event.returned
  const sdkName =
    plugin === undefined || typeof returned !== 'number'
      ? pause.event.action
      : sdkActionName(plugin.language, plugin.abi, callback, returned)
  const params = {
    ...base,
    action: pause.event.action,
    sdkName,
    pausedAt: pause.seq,
    ...waitedFor(run, record, pause, entry),
  }
  return { ...finding(run, 'hung', 'problem', record, params, callback), plugin: plugin?.name ?? '' }
}

/** The last pause of that stream and direction that no resume of the same plugin followed. */
function openPause(run: RunFacts, record: RecordOf<'hung'>): RecordOf<'chain.pause'> | undefined {
  const resumes = run.inStream(record.stream, 'chain.resume')
  return run
    .inStream(record.stream, 'chain.pause')
    .filter((pause) => pause.event.direction === record.event.direction && pause.seq < record.seq)
    .findLast(
      (pause) =>
        !resumes.some(
          ({ event, plugin, seq }) =>
            event.direction === pause.event.direction && plugin === pause.plugin && seq > pause.seq && seq < record.seq,
        ),
    )
}

type Waited = Readonly<Record<string, string | number>> & { readonly variant: string }

function waitedFor(
  run: RunFacts,
  record: RecordOf<'hung'>,
  pause: RecordOf<'chain.pause'>,
  entry: Entry | undefined,
): Waited {
  const calls = [...run.of('callout.request'), ...run.of('redis.command')]
    .sort((a, b) => a.seq - b.seq)
    .filter((call) => call.plugin === pause.plugin && call.stream === record.stream && call.seq < record.seq)
  const answers = [...run.of('callout.response'), ...run.of('redis.reply')]
    .sort((a, b) => a.seq - b.seq)
    .filter((answer) => answer.plugin === pause.plugin)
  const open = calls.find((call) => !answers.some((answer) => answer.event.token === call.event.token))
  if (open !== undefined) return { variant: 'open', cluster: open.event.cluster, token: open.event.token }
  const last = answers.findLast(
    (answer) => answer.seq < record.seq && calls.some((call) => call.event.token === answer.event.token),
  )
  if (last !== undefined) return answered(run, last)
  const refused = (entry?.inside ?? []).find(
    (inside): inside is RecordOf<'host.call'> =>
      is(inside, 'host.call') && isCallFunction(inside.event.fn) && inside.event.code !== 0,
  )
  if (refused !== undefined) {
    return { variant: 'refused', cluster: clusterArg(refused.event.args), status: refused.event.status }
  }
  return { variant: withoutCall(pause, entry) }
}

function answered(run: RunFacts, answer: RecordOf<'callout.response'> | RecordOf<'redis.reply'>): Waited {
  const callback = run
    .of('guest.enter')
    .find((enter) => enter.seq > answer.seq && numberArg(enter.event.args, 'token') === answer.event.token)
  const status = answerWord(answer.event)
  return { variant: 'answered', cluster: answer.event.cluster, answer: status, answeredAt: callback?.seq ?? answer.seq }
}

function answerWord(event: RecordOf<'callout.response'>['event'] | RecordOf<'redis.reply'>['event']): string {
  if (event.type === 'callout.response') return headerValue(event.headers, ':status') ?? event.outcome
  return event.outcome === 'reply' ? redisReplyText(latin1(event.reply)) : event.outcome
}

/** Nothing was called: a stop that only a body could end, a stop at the body's end, or a stop with nothing behind it. */
function withoutCall(pause: RecordOf<'chain.pause'>, entry: Entry | undefined): string {
  const ended = numberArg(entry?.enter.event.args ?? [], 'end_of_stream') === 1
  const headers = entry?.enter.event.callback.endsWith('_headers') === true
  if (headers && ended && pause.event.action === 'StopIteration') return 'no-body'
  return !headers && ended ? 'body-end' : 'nothing'
}
