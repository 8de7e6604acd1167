import type { FailureCode, SentenceParams } from './failure.ts'
import type { Stat } from './stats-text.ts'
import type { EffectiveAction, LogLevel, StreamEnd } from './trace.ts'

/** Exactly the run report of the design (CLI `--format json`, and what `export` gives). Header strings are latin1. */
export type RunReport = { readonly version: 1; readonly passed: boolean; readonly scenarios: readonly ScenarioReport[] }

export type ScenarioReport = {
  readonly name: string
  readonly passed: boolean
  readonly failures: readonly Failure[]
  readonly steps: readonly StepReport[]
  readonly findings: readonly FindingReport[]
  readonly logs: readonly {
    readonly plugin: string
    readonly level: LogLevel
    readonly message: string
    readonly at: number
  }[]
  readonly accessLog: readonly string[]
  readonly metrics: readonly Stat[]
  readonly sharedData: readonly (readonly [vmId: string, key: string, value: string, cas: number])[]
  /** What Redis clusters hold at the end. */
  readonly redis: readonly RedisKeyReport[]
  readonly traceHash: string
}

/** One key of a Redis cluster; byte strings as latin1. */
export type RedisKeyReport = {
  readonly cluster: string
  readonly database: number
  readonly key: string
  readonly type: string
  /** Elements in order; fields and scores follow their field or member. A string is one element. */
  readonly value: readonly string[]
  /** Milliseconds until it ends; absent: it does not. */
  readonly endsIn?: number
}

export type Failure = {
  readonly step: number
  /** Where in the expectation, e.g. `headers.content-type`. */
  readonly path: string
  readonly expected: unknown
  readonly actual: unknown
  /** What is wrong, as a sentence of the catalogue with its values (`src/text/failure-words.ts`). */
  readonly code: FailureCode
  readonly params: SentenceParams
  /** `path` and the sentence in English. */
  readonly message: string
}

/** `times: N` gives N entries under `requests`; a step that is no request has neither. */
export type StepReport = { readonly kind: string } & Partial<ExchangeReport> & {
    readonly requests?: readonly ExchangeReport[]
    /** What the client of a step that is no HTTP request got: redis-cli's words, a TCP connection's bytes. */
    readonly received?: BodyReport
  }

export type ExchangeReport = {
  readonly outcome: 'response' | 'hung' | 'reset'
  readonly started: 'none' | 'headers' | 'body'
  readonly ended: StreamEnd
  readonly response?: MessageReport & { readonly status: number; readonly details: string; readonly flags: string }
  readonly upstream: readonly ({ readonly cluster: string } & MessageReport)[]
  readonly calls: readonly ({ readonly cluster: string; readonly path: string } & MessageReport)[]
  readonly redis: readonly { readonly command: string; readonly args: readonly string[] }[]
  readonly actions: readonly ActionReport[]
}

export type MessageReport = {
  readonly headers: readonly (readonly [string, string])[]
  readonly trailers: readonly (readonly [string, string])[]
  readonly body: BodyReport
}

/** `text` only if the bytes are valid UTF-8. */
export type BodyReport = { readonly text: string } | { readonly base64: string }

export type ActionReport = {
  readonly plugin: string
  /** Without the `proxy_on_` prefix: `request_headers`. */
  readonly callback: string
  readonly returned: number
  readonly action: EffectiveAction
  readonly sdkName: string
}

export type Severity = 'problem' | 'warning' | 'note'

export type FindingReport = Finding & { readonly message: string }

/** One explanation: a rule id with parameters, worded per language by `src/text`. */
export type Finding = {
  readonly rule: string
  readonly severity: Severity
  readonly plugin: string
  readonly callback: string
  /** `seq` of the event it is about. */
  readonly event: number
  readonly params: Readonly<Record<string, string | number | readonly string[]>>
}
