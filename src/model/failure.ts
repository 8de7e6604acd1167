/**
 * Why a run is not as expected: a closed set of sentences, each with its English words. A person who reads Chinese gets
 * the same code and values worded by `src/text/zh/failures.ts`. Codes of `failure.part` are pieces of the others.
 */
export const failureText = {
  'failure.differs': 'expected {{expected}}, got {{actual}}',
  'failure.noRequest': 'there is no request in this step to look at',
  'failure.noResponse': 'the client got no response (outcome {{outcome}}, ended {{ended}})',
  'failure.hostcalls': 'expected {{wanted}} of {{fn}}{{status}}, got {{actual}}{{seen}}',
  'failure.noLine': 'expected {{line}}; none of {{count}} lines is',
  'failure.unwantedLine': 'expected no {{line}}, got {{level}} {{message}}',
  'failure.pattern': 'the pattern {{pattern}} cannot be used: {{detail}}',
  'failure.noMetric': 'there is no such metric (there are: {{known}})',
  'failure.requests': 'expected {{expected}} such at {{where}}, got {{actual}} (of {{count}} requests)',
  'failure.noneFits': 'none of the {{count}} requests at {{where}} is as expected',
  'failure.noUpstream': 'expected a request at {{where}}, there was none',
  'failure.expectedNone': 'expected no {{what}}, there were {{count}}',
  'failure.notInOrder': 'expected {{what}} {{item}} after the {{before}} before it; there were {{count}}',
  'failure.notRun': 'the callback did not run',
  'failure.present': 'expected none, got {{actual}}',
  'failure.valueContains': 'expected a value with {{expected}}, got {{actual}}',
  'failure.bodyContains': 'expected a body with {{expected}}, got {{actual}}',
  'failure.noMatch': 'expected a match of {{expected}}, got {{actual}}',
  'failure.size': 'expected {{expected}} bytes, got {{actual}}',
  'failure.notJson': 'expected JSON, got {{actual}}',
  'failure.unexpected': 'not expected, got {{actual}}',
  'failure.notStarted': 'the plugin did not start: {{detail}}',
  'failure.unknownStep': 'no earlier request has the id {{id}}',
  'failure.service': 'plugin {{name}} is a Wasm service, whose configuration stands as long as the gateway runs',
  'failure.deadline': '{{where}} did not end within {{ms}} ms, so the run was stopped',

  'failure.part.nothing': 'nothing',
  'failure.part.none': 'none',
  'failure.part.aCall': 'a call',
  'failure.part.calls': '{{count}} calls',
  'failure.part.withStatus': ' with status {{status}}',
  'failure.part.answered': ' (it answered {{statuses}})',
  'failure.part.line': '{{level}}{{plugin}}{{contains}}{{matches}}',
  'failure.part.anyLevel': 'log line',
  'failure.part.level': '{{level}} line',
  'failure.part.ofPlugin': ' of {{plugin}}',
  'failure.part.contains': ' with {{text}}',
  'failure.part.matches': ' that matches {{pattern}}',
  'failure.part.tooLong': 'the text is longer than {{limit}} characters',
  'failure.part.anyUpstream': 'any upstream',
  'failure.part.callout': 'callout',
  'failure.part.redisCommand': 'Redis command',
  'failure.part.theRun': 'the run',
} as const

export type FailureCode = keyof typeof failureText

/** A code with its values; a value may be such a sentence itself. Data, the same in every language. */
export type Sentence = { readonly code: FailureCode; readonly params: SentenceParams }
export type SentenceParams = { readonly [name: string]: string | number | Sentence }

export const sentence = (code: FailureCode, params: SentenceParams = {}): Sentence => ({ code, params })

/** The English words, for the run report. */
export const inEnglish = ({ code, params }: Sentence): string =>
  failureText[code].replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = params[name] ?? ''
    return typeof value === 'object' ? inEnglish(value) : String(value)
  })
