import { type FailureCode, sentence } from '../../model/failure.ts'
import { headerValue } from '../../model/http.ts'
import type { Expectation } from '../../model/project/types.ts'
import type { ExchangeReport, MessageReport } from '../../model/report.ts'
import { bodyBytes, checkBody, checkHeaders } from './check-message.ts'
import { type Mismatch, mismatch, quoted } from './mismatch.ts'

/** What is expected of one exchange; `prefix` is '' or `requests[1].`. */
export function checkExchange(prefix: string, expected: Expectation, actual: ExchangeReport): readonly Mismatch[] {
  return [
    ...checkOutcome(prefix, expected, actual),
    ...checkResponse(prefix, expected, actual),
    ...(expected.upstream ?? []).flatMap((item, index) =>
      checkUpstream(`${prefix}upstream[${index}]`, item, actual.upstream),
    ),
    ...(expected.calls ? checkCalls(`${prefix}calls`, expected.calls, actual.calls) : []),
    ...(expected.redis ? checkRedis(`${prefix}redis`, expected.redis, actual.redis) : []),
    ...checkActions(prefix, expected, actual),
    ...(expected.order ? checkOrder(`${prefix}order`, expected.order, actual) : []),
  ]
}

function checkOutcome(prefix: string, expected: Expectation, actual: ExchangeReport): readonly Mismatch[] {
  return (['outcome', 'started', 'ended'] as const).flatMap((key) =>
    expected[key] === undefined || expected[key] === actual[key]
      ? []
      : [mismatch(`${prefix}${key}`, expected[key], actual[key])],
  )
}

function checkResponse(prefix: string, expected: Expectation, actual: ExchangeReport): readonly Mismatch[] {
  const { response } = actual
  const asked = (['status', 'details', 'flags', 'headers', 'trailers', 'body'] as const).filter(
    (key) => expected[key] !== undefined,
  )
  if (!response) {
    const why = sentence('failure.noResponse', { outcome: actual.outcome, ended: actual.ended })
    return asked.map((key) => mismatch(`${prefix}${key}`, expected[key], undefined, why))
  }
  const plain = (['status', 'details', 'flags'] as const).flatMap((key) =>
    expected[key] === undefined || expected[key] === response[key]
      ? []
      : [mismatch(`${prefix}${key}`, expected[key], response[key])],
  )
  return [...plain, ...checkMessage(prefix, expected, response)]
}

type MessageExpectation = Pick<Expectation, 'headers' | 'trailers' | 'body'>

function checkMessage(prefix: string, expected: MessageExpectation, actual: MessageReport): readonly Mismatch[] {
  return [
    ...(expected.headers ? checkHeaders(`${prefix}headers`, expected.headers, actual.headers) : []),
    ...(expected.trailers ? checkHeaders(`${prefix}trailers`, expected.trailers, actual.trailers) : []),
    ...(expected.body ? checkBody(`${prefix}body`, expected.body, bodyBytes(actual.body)) : []),
  ]
}

type RequestExpectation = MessageExpectation & {
  readonly cluster?: string | undefined
  readonly method?: string | undefined
  readonly path?: string | undefined
}

/** A request that went to a cluster: its line, then its message. */
function checkSentRequest(
  path: string,
  expected: RequestExpectation,
  actual: MessageReport & { readonly cluster: string; readonly path?: string },
): readonly Mismatch[] {
  const line = {
    cluster: actual.cluster,
    method: headerValue(actual.headers, ':method'),
    path: actual.path ?? headerValue(actual.headers, ':path'),
  }
  const wrong = (['cluster', 'method', 'path'] as const).flatMap((key) =>
    expected[key] === undefined || expected[key] === line[key]
      ? []
      : [mismatch(`${path}.${key}`, expected[key], line[key])],
  )
  return [...wrong, ...checkMessage(`${path}.`, expected, actual)]
}

/** `requests` counts those that fit everything else that is given; without it, at least one has to fit. */
function checkUpstream(
  path: string,
  expected: NonNullable<Expectation['upstream']>[number],
  seen: ExchangeReport['upstream'],
): readonly Mismatch[] {
  const here = seen.filter(({ cluster }) => expected.cluster === undefined || cluster === expected.cluster)
  const where = expected.cluster ?? sentence('failure.part.anyUpstream')
  const fitting = here.filter((request) => checkSentRequest(path, expected, request).length === 0)
  if (expected.requests !== undefined) {
    if (fitting.length === expected.requests) return []
    const counts = { expected: expected.requests, actual: fitting.length, count: here.length }
    const why = sentence('failure.requests', { where, ...counts })
    return [mismatch(`${path}.requests`, expected.requests, fitting.length, why)]
  }
  if (fitting.length > 0) return []
  const [only, ...others] = here
  if (only && others.length === 0) return checkSentRequest(path, expected, only)
  const why = only
    ? sentence('failure.noneFits', { where, count: here.length })
    : sentence('failure.noUpstream', { where })
  return [mismatch(path, described(expected), here.length, why)]
}

const described = (expected: RequestExpectation): Readonly<Record<string, string>> =>
  Object.fromEntries(
    (['cluster', 'method', 'path'] as const).flatMap((key) =>
      expected[key] === undefined ? [] : [[key, expected[key]]],
    ),
  )

/**
 * Matches a list in order: each expected entry is looked for after the one before it, others may stand between.
 * An empty list expects none at all.
 */
function inOrder<E, A>(
  path: string,
  expected: readonly E[],
  actual: readonly A[],
  differs: (path: string, expected: E, actual: A) => readonly Mismatch[],
  shown: (expected: E) => unknown,
  code: FailureCode,
): readonly Mismatch[] {
  const what = sentence(code)
  const count = actual.length
  if (expected.length === 0) {
    return count === 0 ? [] : [mismatch(path, [], count, sentence('failure.expectedNone', { what, count }))]
  }
  let next = 0
  for (const [index, item] of expected.entries()) {
    const place = `${path}[${index}]`
    const found = actual.findIndex((candidate, at) => at >= next && differs(place, item, candidate).length === 0)
    if (found < 0) {
      const candidate = expected.length === actual.length ? actual[index] : undefined
      if (candidate !== undefined) return differs(place, item, candidate)
      const why = sentence('failure.notInOrder', { what, item: quoted(shown(item)), before: next, count })
      return [mismatch(place, shown(item), count, why)]
    }
    next = found + 1
  }
  return []
}

function checkCalls(path: string, expected: NonNullable<Expectation['calls']>, actual: ExchangeReport['calls']) {
  return inOrder(path, expected, actual, checkSentRequest, described, 'failure.part.callout')
}

function checkRedis(path: string, expected: NonNullable<Expectation['redis']>, actual: ExchangeReport['redis']) {
  return inOrder(
    path,
    expected,
    actual,
    (place, item, command) => {
      const key = command.args[0]
      return [
        ...(item.command.toLowerCase() === command.command.toLowerCase()
          ? []
          : [mismatch(`${place}.command`, item.command, command.command)]),
        ...(item.key === undefined || item.key === key ? [] : [mismatch(`${place}.key`, item.key, key)]),
        ...(item.args === undefined || item.args.join('\0') === command.args.join('\0')
          ? []
          : [mismatch(`${place}.args`, item.args, command.args)]),
      ]
    },
    ({ command, key }) => (key === undefined ? command : `${command} ${key}`),
    'failure.part.redisCommand',
  )
}

const nameOf = ({ plugin, callback }: ExchangeReport['actions'][number]): string => `${plugin}.${callback}`

/** One action per time the callback ran. */
function checkActions(prefix: string, expected: Expectation, actual: ExchangeReport): readonly Mismatch[] {
  return (expected.actions ?? []).flatMap(([name, wanted]) => {
    const got = actual.actions.filter((action) => nameOf(action) === name).map(({ action }) => action)
    if (got.length === wanted.length && got.every((action, index) => action === wanted[index])) return []
    const path = `${prefix}actions.${name}`
    const one = <T>(list: readonly T[]): unknown => (list.length === 1 ? list[0] : list)
    if (got.length === 0) return [mismatch(path, one(wanted), undefined, sentence('failure.notRun'))]
    return [mismatch(path, one(wanted), one(got))]
  })
}

/** Compares the first time each named callback ran; others may run between. */
function checkOrder(path: string, expected: readonly string[], actual: ExchangeReport): readonly Mismatch[] {
  const ran = [...new Set(actual.actions.map(nameOf))].filter((name) => expected.includes(name))
  return ran.join('\0') === expected.join('\0') ? [] : [mismatch(path, expected, ran)]
}
