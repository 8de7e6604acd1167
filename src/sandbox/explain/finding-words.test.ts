import { describe, expect, test } from 'vitest'
import type { Finding } from '../../model/report.ts'
import { english } from '../../text/catalogue.ts'
import { chinese } from '../../text/chinese.ts'
import { createText } from '../../text/text.ts'
import { describeFinding, findingMessage } from './describe-finding.ts'
import { rules } from './registry.ts'
import { cluster, explained, hang, inCallback, pausedFor, requestHeaders, single } from './testing/explained.ts'

describe('words', () => {
  const languages = ['en', 'zh'] as const
  const every = rules.flatMap(({ id, variants = [] }) =>
    ['', ...variants].map((variant): [string, string] => [id, variant]),
  )
  test.each(every)('%s %s has all three parts in both languages', (rule, variant) => {
    for (const language of languages) {
      const params = { ...(variant === '' ? {} : { variant }), status: 'BadArgument', direction: 'request' }
      const found: Finding = { rule, severity: 'problem', plugin: 'p', callback: requestHeaders, event: 0, params }
      const {
        what,
        why,
        do: remedy,
      } = describeFinding(found, createText(language, language === 'en' ? english : chinese))
      for (const part of [what, why, remedy]) expect(part).not.toBe('')
      for (const part of [what, why, remedy]) expect(part).not.toMatch(/^finding\.|!|！|please|请注意|^error:/i)
    }
  })

  test('a message is one line of sentences', () => {
    const [found] = explained(pausedFor(() => undefined).event(hang))
    if (found === undefined) throw new Error('no finding')
    expect(findingMessage(found, createText('en', english))).toBe(
      'auth holds the request, and nothing resumes it. on_request_headers returned HeaderStopAllIterationAndWatermark. ' +
        'Nothing is under way that could call continue for this stream. Return Continue on this path, or start something ' +
        'whose callback resumes the stream.',
    )
  })

  test('no parameter of any rule is left unfilled', () => {
    const traces = [
      pausedFor((trace) => trace.callout(4, cluster)).event(hang),
      inCallback((trace) =>
        trace.call('proxy_log', { code: 6, reason: { code: 'out-of-bounds', argument: 'a', pointer: 1, size: 2 } }),
      ),
      single(
        {
          type: 'load-error',
          message: 'm',
          reason: { code: 'import-type', module: 'env', name: 'n', expected: 'e', actual: 'a' },
        },
        0,
      ),
      single({ type: 'hung', certainty: 'certain', direction: 'response' }),
    ]
    for (const found of traces.flatMap((trace) => explained(trace))) {
      for (const language of languages)
        expect(findingMessage(found, createText(language, language === 'en' ? english : chinese))).not.toMatch(
          /\{\{|undefined/,
        )
    }
  })
})
