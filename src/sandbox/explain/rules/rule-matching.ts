import type { PluginIndex } from '../../../model/brand.ts'
import { headerValue } from '../../../model/http.ts'
import { assertNever } from '../../../model/result.ts'
import { matchRules, type RuleFacts, type RuleMatch, type RuleMiss } from '../match-rules.ts'
import { finding, type Rule } from '../rule.ts'
import { headersCallback, is, numberArg, type RecordOf, type RunFacts, textArg } from '../run-facts.ts'

const pluginConfiguration = 7

/**
 * A Higress plugin with rules only, and none of them takes this request: its handlers are not called
 * (higress.md 1.7). Proven by the configuration the plugin read, the request's authority and its route.
 */
export const noRuleMatched: Rule = {
  id: 'no-rule-matched',
  find: (run) =>
    matchings(run).flatMap(({ record, facts, match }) => {
      if (match.kind !== 'none') return []
      const { authority, routeName: route, clusterName: cluster } = facts
      const { misses } = match
      const params = { count: misses.length, authority, route, cluster, misses: missParams(misses) }
      return [finding(run, 'no-rule-matched', 'note', record, params)]
    }),
}

/** Which rule of a plugin with rules took the request, and why; the first that matches wins (higress.md 1.7). */
export const ruleMatched: Rule = {
  id: 'rule-matched',
  variants: ['route', 'domain', 'service', 'route-prefix', 'global'],
  find: (run) =>
    matchings(run)
      .slice(0, mostMatchings)
      .flatMap(({ record, facts, match }) => {
        const { authority, routeName: route, clusterName: cluster } = facts
        const seen = { authority, route, cluster }
        switch (match.kind) {
          case 'rule': {
            const variant = match.by === 'route prefix' ? 'route-prefix' : match.by
            const misses = missParams(match.misses)
            const params = { variant, rule: match.index + 1, pattern: match.pattern, ...seen, misses }
            return [finding(run, 'rule-matched', 'note', record, params)]
          }
          case 'global':
            if (match.misses.length === 0) return []
            return [
              finding(run, 'rule-matched', 'note', record, {
                variant: 'global',
                count: match.misses.length,
                ...seen,
                misses: missParams(match.misses),
              }),
            ]
          case 'none':
          case 'unknown':
            return []
          default:
            return assertNever(match)
        }
      }),
}

/** Kind and patterns of the rules that did not match, in their order: `domain a.com, b.com`. */
const missParams = (misses: readonly RuleMiss[]): readonly string[] =>
  misses.map(({ by, patterns }) => `${by} ${patterns.join(', ')}`)

/** Told for each request; a load run need not say it ten thousand times. */
const mostMatchings = 100

type Matching = { readonly record: RecordOf<'guest.enter'>; readonly facts: RuleFacts; readonly match: RuleMatch }

function matchings(run: RunFacts): readonly Matching[] {
  const reads = configurationReads(run)
  if (!reads.some(({ text }) => text.includes('_rules_'))) return []
  return run
    .of('guest.enter')
    .filter((record) => record.event.callback === headersCallback('request'))
    .flatMap((record) => {
      const configuration = configurationOf(reads, record.plugin, record.seq)
      if (configuration === undefined || run.plugin(record.plugin)?.abi !== '0_2_100') return []
      const facts = factsOf(run, record)
      return facts === undefined ? [] : [{ record, facts, match: matchRules(configuration, facts) }]
    })
}

type Read = { readonly seq: number; readonly plugin: PluginIndex | undefined; readonly text: string }

function configurationReads(run: RunFacts): readonly Read[] {
  return run.of('host.call').flatMap(({ event, plugin, seq }) => {
    const whole = event.fn === 'proxy_get_buffer_bytes' && numberArg(event.args, 'type') === pluginConfiguration
    const bytes = whole && event.code === 0 ? event.out.find((one) => one.kind === 'bytes') : undefined
    return bytes?.kind === 'bytes' ? [{ seq, plugin, text: new TextDecoder().decode(bytes.value) }] : []
  })
}

/** What the plugin last read as its configuration before this point. */
function configurationOf(reads: readonly Read[], plugin: PluginIndex | undefined, before: number): string | undefined {
  return reads.findLast((read) => read.plugin === plugin && read.seq < before)?.text
}

/** What the plugin itself read of the route while it matched; else what the gateway chose. */
function factsOf(run: RunFacts, record: RecordOf<'guest.enter'>) {
  const head = run.inStream(record.stream, 'chain.headers').find(({ event }) => event.direction === 'request')
  const authority = headerValue(head?.event.headers ?? [], ':authority')
  const route = run.inStream(record.stream, 'route').at(0)?.event
  const routeName = propertyRead(run, record, 'route_name') ?? route?.name
  const clusterName = propertyRead(run, record, 'cluster_name') ?? route?.cluster
  if (authority === undefined || routeName === undefined) return undefined
  return { authority, routeName, clusterName: clusterName ?? '' }
}

/** The value of a property in this callback: '' if the host had none, undefined if the plugin did not ask. */
function propertyRead(run: RunFacts, record: RecordOf<'guest.enter'>, name: string): string | undefined {
  const call = run.entries
    .get(record.event.span)
    ?.inside.find(
      (one): one is RecordOf<'host.call'> =>
        is(one, 'host.call') && one.event.fn === 'proxy_get_property' && textArg(one.event.args, 'path') === name,
    )
  const value = call?.event.out.find((one) => one.kind === 'bytes')
  if (call === undefined) return undefined
  return value?.kind === 'bytes' ? new TextDecoder().decode(value.value) : ''
}
