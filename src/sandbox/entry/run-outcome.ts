/**
 * What a run came to, as far as another order may not change it: responses with their headers, what services were asked,
 * what is explained, which expectations fail. Times are left out: another order is another time.
 */
import type { ExchangeReport, MessageReport, StepReport } from '../../model/report.ts'
import type { RunResult } from './api.ts'
import { contentHash } from './content-hash.ts'

/** What is otherwise in one place; '' where there is nothing. */
export type DifferentLine = {
  /**
   * `exchange`: status, body and end. `header`: of the response. `upstream`: a request to a service. `finding`: an
   * explanation. `expectation`: the path of one that fails.
   */
  readonly about: 'exchange' | 'header' | 'upstream' | 'finding' | 'expectation'
  /** Of a finding: of the whole run, 0. */
  readonly step: number
  readonly usual: string
  readonly now: string
}

/** `slot`: what stands beside it in another run. */
export type Outcome = Pick<DifferentLine, 'about' | 'step'> & { readonly slot: string; readonly text: string }

type Finished = Extract<RunResult, { kind: 'finished' }>

/** Equal for runs that end alike. */
export const keyOf = (outcomes: readonly Outcome[]): string =>
  outcomes.map(({ about, step, slot, text }) => `${about} ${step} ${slot} ${text}`).join('\n')

export function outcomesOf({ report, findings }: Finished): readonly Outcome[] {
  const explained = new Set(findings.map(({ rule, plugin }) => (plugin === '' ? rule : `${rule} (${plugin})`))) // biome-ignore format: one line
  return [
    ...report.steps.flatMap((step, index) => ofStep(step, index)),
    ...[...explained].sort().map((text): Outcome => ({ about: 'finding', step: 0, slot: text, text })),
    ...report.failures.map(({ step, path }): Outcome => ({ about: 'expectation', step, slot: path, text: path })),
  ]
}

function ofStep(step: StepReport, index: number): readonly Outcome[] {
  const { requests = [] } = step
  if (requests.length > 0) return requests.flatMap((each, number) => ofExchange(each, index, `${number}`))
  if (step.received !== undefined) return [{ about: 'exchange', step: index, slot: '', text: bodyText(step.received) }]
  return step.outcome === undefined ? [] : ofExchange(step, index, '')
}

function ofExchange(exchange: Partial<ExchangeReport>, step: number, which: string): readonly Outcome[] {
  const { response, upstream = [] } = exchange
  const names = [...new Set((response?.headers ?? []).map(([name]) => name))].filter((name) => !passing.has(name))
  return [
    { about: 'exchange', step, slot: which, text: textOf(exchange) },
    ...names.sort().map((name): Outcome => {
      const values = response?.headers.flatMap(([other, value]) => (other === name ? [value] : [])) ?? []
      return { about: 'header', step, slot: `${which} ${name}`, text: `${name}: ${values.join(', ')}` }
    }),
    ...upstream.map((request, number): Outcome => {
      return { about: 'upstream', step, slot: `${which} ${number}`, text: upstreamText(request) }
    }),
  ]
}

/** Times, ids, and what says the body's length once more. */
const passing: ReadonlySet<string> = new Set(
  `date x-request-id x-envoy-upstream-service-time x-envoy-expected-rq-timeout-ms req-start-time req-cost-time
  req-arrive-time resp-start-time content-length :status :authority`.split(/\s+/),
)

function upstreamText({ cluster, headers, body }: { readonly cluster: string } & MessageReport): string {
  const value = (name: string) => headers.find(([each]) => each === name)?.[1] ?? ''
  const own = headers.filter(([name]) => !name.startsWith(':') && !passing.has(name))
  const lines = own.map(([name, text]) => `${name}: ${text}`).sort()
  const content = bodyText(body)
  const shown = content === '""' ? '' : ` ${content}`
  return shortened(`${cluster}: ${value(':method')} ${value(':path')}${shown} ${lines.join(' | ')}`.trim())
}

function textOf({ outcome, ended, response }: Partial<ExchangeReport>): string {
  const how = ended === undefined || ended === 'complete' ? '' : `, ${ended}`
  return response === undefined ? `${outcome}${how}` : `${response.status} ${bodyText(response.body)}${how}`
}

const longest = 120

function shortened(text: string): string {
  if (text.length <= longest) return text
  return `${text.slice(0, longest)}… (${contentHash(new TextEncoder().encode(text)).slice(0, 8)})`
}

const bodyText = (body: NonNullable<StepReport['received']>): string =>
  shortened('text' in body ? JSON.stringify(body.text.replace(timesInside, '$1"…"')) : body.base64)

/** What a service that answers with the headers it got (httpbin, echo) tells of times and ids of the gateway. */
const timesInside =
  /("(?:x-request-id|x-envoy-upstream-service-time|x-envoy-expected-rq-timeout-ms|req-(?:start|cost|arrive)-time|resp-start-time)":\s*)"[^"\\]*"/gi

/** What is not the same in both, place by place, in the order of the usual run. */
export function compareOutcomes(usual: readonly Outcome[], now: readonly Outcome[]): readonly DifferentLine[] {
  const placeOf = ({ about, step, slot }: Outcome) => `${about} ${step} ${slot}`
  const [before, after] = [usual, now].map((all) => new Map(all.map((each) => [placeOf(each), each])))
  const places = new Set([...usual, ...now].map(placeOf))
  const lines = [...places].flatMap((place): DifferentLine[] => {
    const [one, other] = [before?.get(place), after?.get(place)]
    const known = one ?? other
    if (known === undefined || one?.text === other?.text) return []
    return [{ about: known.about, step: known.step, usual: one?.text ?? '', now: other?.text ?? '' }]
  })
  // A response that never came takes its headers and its request along: said once.
  const whole = new Set(lines.flatMap(({ about, step, usual, now }) => about === 'exchange' && (isNone(usual) || isNone(now)) ? [step] : [])) // biome-ignore format: one line
  return lines
    .filter(({ about, step }) => about !== 'header' || !whole.has(step))
    .sort((a, b) => order.indexOf(a.about) - order.indexOf(b.about))
}

const isNone = (text: string): boolean => !/^\d{3} /.test(text)
const order: readonly DifferentLine['about'][] = ['exchange', 'header', 'upstream', 'finding', 'expectation']
