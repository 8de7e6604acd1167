import type { Finding } from '../../../model/report.ts'
import type { TraceEvent } from '../../../model/trace.ts'
import { explain } from '../explain.ts'
import type { ExplainContext } from '../rule.ts'
import { number, TraceBuilder } from './trace-builder.ts'

/** What the tests of the findings share: arguments of callbacks, small traces, and what is compared. */
export const end = (value: 0 | 1) => [number('context', 2), number('headers', 8), number('end_of_stream', value)]
export const bodyArgs = (size: number, eos: 0 | 1) => [
  number('context', 2),
  number('size', size),
  number('end_of_stream', eos),
]
export const requestHeaders = 'proxy_on_request_headers'
export const requestBody = 'proxy_on_request_body'
export const watermark = 'StopAllIterationAndWatermark'
export const hang = { type: 'hung', certainty: 'certain', direction: 'request' } as const
export const cluster = 'outbound|80||auth.dns'
export const utf8 = (text: string) => new TextEncoder().encode(text)

export const explained = (
  trace: TraceBuilder,
  profile: 'higress-2.2' | 'envoy-1.40' = 'higress-2.2',
  plugins: ExplainContext['plugins'] = [],
) => explain(trace.view(), { profile, plugins })

/** Rule, variant, severity and callback: what most rows of the tables compare. */
export const brief = (findings: readonly Finding[]) =>
  findings.map(({ rule, severity, callback, params }) =>
    [rule, params.variant, severity, callback].filter((word) => word !== undefined && word !== '').join(' '),
  )

export type Row = readonly [name: string, trace: TraceBuilder, expected: readonly string[]]

export const pausedFor = (inside: (trace: TraceBuilder) => void, eos: 0 | 1 = 1) =>
  new TraceBuilder().callback(requestHeaders, end(eos), 4, watermark, inside).pause('request', watermark)

export const single = (event: TraceEvent, plugin?: number) => new TraceBuilder().event(event, plugin)

export const inCallback = (inside: (trace: TraceBuilder) => unknown) =>
  new TraceBuilder().callback(requestHeaders, end(1), 0, 'Continue', (trace) => {
    inside(trace)
  })
