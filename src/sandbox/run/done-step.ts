import type { StreamId } from '../../model/brand.ts'
import type { Sentence } from '../../model/failure.ts'
import { countOf } from '../../model/histogram.ts'
import type { Step } from '../../model/project/types.ts'
import type { ExchangeReport, ScenarioReport } from '../../model/report.ts'
import type { Exchange } from '../gateway/exchange.ts'
import type { Gateway } from '../gateway/gateway.ts'
import { part } from '../upstream/parts.ts'
import type { EndedExchange } from './exchange-report.ts'
import { latin1Text } from './run-facts.ts'

/** One exchange of a step: through the gateway and under way, ended, or one that passed the gateway by. */
export type StepExchange =
  | { readonly kind: 'gateway'; readonly exchange: Exchange }
  | { readonly kind: 'ended'; readonly stream: StreamId; readonly report: EndedExchange }
  | { readonly kind: 'direct'; readonly report: ExchangeReport }

/** A step that was performed, with what expectations ask for later. */
export type DoneStep = {
  readonly step: Step
  readonly exchanges: StepExchange[]
  /** Events of the trace that belong to the step. */
  readonly from: number
  to: number
  metrics: ScenarioReport['metrics']
  sharedData: ScenarioReport['sharedData']
  /** Of a step with a client of another kind than HTTP. */
  received?: Uint8Array
  readonly failures: { readonly path: string; readonly why: Sentence }[]
}

export const metricsOf = ({ runtime }: Gateway): ScenarioReport['metrics'] =>
  runtime.metrics.entries().map(({ name, kind, value, histogram }) => {
    if (kind !== 'histogram') return { name, kind, value: Number(kind === 'gauge' ? BigInt.asIntN(64, value) : value) }
    const bins = histogram.bins()
    return { name, kind, value: countOf(bins), bins }
  })

/** Every key of every Redis cluster. */
export const redisOf = ({ runtime, clock }: Gateway): ScenarioReport['redis'] =>
  [...runtime.services.values()].flatMap(({ name, redis }) =>
    redis === undefined
      ? []
      : (part('redis')?.redisKeys(redis, Math.floor(clock.nowMs())) ?? []).map((key) => ({ cluster: name, ...key })),
  )

export const sharedDataOf = ({ runtime }: Gateway): ScenarioReport['sharedData'] =>
  runtime.sharedData.entries().map(([vmId, key, value, cas]) => [vmId, key, latin1Text(value), cas])
