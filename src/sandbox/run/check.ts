import { type Sentence, sentence } from '../../model/failure.ts'
import type { Expectation } from '../../model/project/types.ts'
import type { Failure } from '../../model/report.ts'
import { checkExchange } from './check-exchange.ts'
import { checkBody } from './check-message.ts'
import { findPattern, unusable } from './find-pattern.ts'
import { type Mismatch, mismatch, quoted } from './mismatch.ts'
import type { Observed } from './observed.ts'

/**
 * Compares one step with its `expect` (design 2). Every key that is given has to hold; each that does not is one
 * failure, with a sentence that says what was expected and what came. With `times`, each exchange has to fit.
 */
export function check(step: number, expected: Expectation, observed: Observed): readonly Failure[] {
  return [...checkExchanges(expected, observed), ...checkRun(expected, observed)].map((item) => ({ step, ...item }))
}

const exchangeKeys = [
  'status',
  'details',
  'flags',
  'headers',
  'trailers',
  'body',
  'upstream',
  'calls',
  'redis',
  'actions',
  'order',
  'outcome',
  'started',
  'ended',
] as const

function checkExchanges(expected: Expectation, { exchanges }: Observed): readonly Mismatch[] {
  if (exchanges.length === 0) {
    const asked = exchangeKeys.filter((key) => expected[key] !== undefined)
    return asked.map((key) => mismatch(key, expected[key], undefined, sentence('failure.noRequest')))
  }
  return exchanges.flatMap((exchange, index) =>
    checkExchange(exchanges.length === 1 ? '' : `requests[${index}].`, expected, exchange),
  )
}

function checkRun(expected: Expectation, observed: Observed): readonly Mismatch[] {
  return [
    ...checkHostcalls(expected, observed),
    ...checkLogs(expected, observed),
    ...checkFindings(expected, observed),
    ...checkMetrics(expected, observed),
    ...checkSharedData(expected, observed),
    ...(expected.received ? checkBody('received', expected.received, observed.received ?? new Uint8Array()) : []),
  ]
}

function checkHostcalls({ hostcalls = [] }: Expectation, observed: Observed): readonly Mismatch[] {
  return hostcalls.flatMap((wanted, index) => {
    const calls = observed.hostcalls.filter(
      ({ fn, plugin }) => fn === wanted.fn && (wanted.plugin === undefined || plugin === wanted.plugin),
    )
    const fitting = calls.filter(({ status }) => wanted.status === undefined || status === wanted.status)
    if (wanted.count === undefined ? fitting.length > 0 : fitting.length === wanted.count) return []
    const others = [...new Set(calls.map(({ status }) => status))].join(', ')
    const why = sentence('failure.hostcalls', {
      wanted:
        wanted.count === undefined
          ? sentence('failure.part.aCall')
          : sentence('failure.part.calls', { count: wanted.count }),
      fn: wanted.fn,
      status: wanted.status === undefined ? '' : sentence('failure.part.withStatus', { status: wanted.status }),
      actual: fitting.length,
      seen: calls.length > fitting.length ? sentence('failure.part.answered', { statuses: others }) : '',
    })
    return [mismatch(`hostcalls[${index}]`, wanted.count ?? 1, fitting.length, why)]
  })
}

type LogExpectation = NonNullable<Expectation['log']>[number]

function checkLogs({ log = [], noLog = [] }: Expectation, { logs }: Observed): readonly Mismatch[] {
  const missing = log.flatMap((wanted, index) => {
    const path = `log[${index}]`
    const found = fittingLines(path, wanted, logs)
    if (!Array.isArray(found)) return [found]
    return found.length > 0
      ? []
      : [
          mismatch(
            path,
            wanted,
            logs.length,
            sentence('failure.noLine', { line: lineWords(wanted), count: logs.length }),
          ),
        ]
  })
  const unwanted = noLog.flatMap((wanted, index) => {
    const path = `noLog[${index}]`
    const found = fittingLines(path, wanted, logs)
    if (!Array.isArray(found)) return [found]
    const [first] = found
    return first
      ? [
          mismatch(
            path,
            wanted,
            first.message,
            sentence('failure.unwantedLine', {
              line: lineWords(wanted),
              level: first.level,
              message: quoted(first.message),
            }),
          ),
        ]
      : []
  })
  return [...missing, ...unwanted]
}

/** The lines that fit; a mismatch if the pattern cannot be used. */
function fittingLines(
  path: string,
  wanted: LogExpectation,
  logs: Observed['logs'],
): Observed['logs'][number][] | Mismatch {
  const fitting: Observed['logs'][number][] = []
  for (const line of logs) {
    if (wanted.level !== undefined && line.level !== wanted.level) continue
    if (wanted.plugin !== undefined && line.plugin !== wanted.plugin) continue
    if (wanted.contains !== undefined && !line.message.includes(wanted.contains)) continue
    if (wanted.matches !== undefined) {
      const found = findPattern(wanted.matches, line.message)
      if (!found.ok) return mismatch(path, wanted.matches, undefined, unusable(wanted.matches, found.error))
      if (!found.value) continue
    }
    fitting.push(line)
  }
  return fitting
}

const lineWords = ({ level, plugin, contains, matches }: LogExpectation): Sentence =>
  sentence('failure.part.line', {
    level: level === undefined ? sentence('failure.part.anyLevel') : sentence('failure.part.level', { level }),
    plugin: plugin === undefined ? '' : sentence('failure.part.ofPlugin', { plugin }),
    contains: contains === undefined ? '' : sentence('failure.part.contains', { text: quoted(contains) }),
    matches: matches === undefined ? '' : sentence('failure.part.matches', { pattern: quoted(matches) }),
  })

function checkFindings({ findings }: Expectation, observed: Observed): readonly Mismatch[] {
  if (!findings) return []
  const wanted = [...new Set(findings)].sort()
  const got = [...new Set(observed.findings)].sort()
  return wanted.join('\0') === got.join('\0') ? [] : [mismatch('findings', wanted, got)]
}

function checkMetrics({ metrics = [] }: Expectation, observed: Observed): readonly Mismatch[] {
  return metrics.flatMap(([name, value]) => {
    const found = observed.metrics.find((metric) => metric.name === name)
    if (found?.value === value) return []
    const known = observed.metrics.map((metric) => metric.name).join(', ') || sentence('failure.part.none')
    const why = found ? undefined : sentence('failure.noMetric', { known })
    return [mismatch(`metrics.${name}`, value, found?.value, why)]
  })
}

function checkSharedData({ sharedData = [] }: Expectation, observed: Observed): readonly Mismatch[] {
  return sharedData.flatMap(([key, value]) => {
    const values = observed.sharedData.filter(([, name]) => name === key).map(([, , text]) => text)
    return values.includes(value) ? [] : [mismatch(`sharedData.${key}`, value, values.length > 1 ? values : values[0])]
  })
}
