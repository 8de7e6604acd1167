import type { PluginIndex } from '../../../model/brand.ts'
import { headerValue } from '../../../model/http.ts'
import { ruleNumbers } from '../../../model/project/plugin-config.ts'
import { assertNever } from '../../../model/result.ts'
import { matchRules, type RuleFacts, type RuleMatch, type RuleMiss } from '../match-rules.ts'
import { type ExplainContext, finding, type Rule } from '../rule.ts'
import { headersCallback, is, numberArg, type RecordOf, type RunFacts, textArg } from '../run-facts.ts'

const pluginConfiguration = 7

/**
 * A Higress plugin with rules only, and none of them takes this request: its handlers are not called
 * (higress.md 1.7). Proven by the configuration the plugin read, the request's authority and its route.
 */
export const noRuleMatched: Rule = {
  id: 'no-rule-matched',
  find: (run, context) =>
    matchings(run, context).flatMap(({ record, facts, match, numbers }) => {
      if (match.kind !== 'none') return []
      const { authority, routeName: route, clusterName: cluster } = facts
      const { misses } = match
      const params = { count: misses.length, authority, route, cluster, misses: missParams(misses, numbers) }
      return [finding(run, 'no-rule-matched', 'note', record, params)]
    }),
}

/** Which rule of a plugin with rules took the request, and why; the first that matches wins (higress.md 1.7). */
export const ruleMatched: Rule = {
  id: 'rule-matched',
  variants: ['route', 'domain', 'service', 'route-prefix', 'global'],
  find: (run, context) =>
    matchings(run, context)
      .slice(0, mostMatchings)
      .flatMap(({ record, facts, match, numbers }) => {
        const { authority, routeName: route, clusterName: cluster } = facts
        const seen = { authority, route, cluster }
        switch (match.kind) {
          case 'rule': {
            const variant = match.by === 'route prefix' ? 'route-prefix' : match.by
            const misses = missParams(match.misses, numbers)
            const params = { variant, rule: numbers(match.index), pattern: match.pattern, ...seen, misses }
            return [finding(run, 'rule-matched', 'note', record, params)]
          }
          case 'global':
            if (match.misses.length === 0) return []
            return [
              finding(run, 'rule-matched', 'note', record, {
                variant: 'global',
                count: match.misses.length,
                ...seen,
                misses: missParams(match.misses, numbers),
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

/** Number, kind and patterns of the rules that did not match, in their order: `2 domain a.com, b.com`. */
const missParams = (misses: readonly RuleMiss[], numbers: RuleNumbers): readonly string[] =>
  misses.map(({ by, patterns }, index) => `${numbers(index)} ${by} ${patterns.join(', ')}`)

/** Told for each request; a load run need not say it ten thousand times. */
const mostMatchings = 100

/** From the place of a rule in what the plugin read to its number for whoever wrote it. */
type RuleNumbers = (index: number) => number

type Matching = {
  readonly record: RecordOf<'guest.enter'>
  readonly facts: RuleFacts
  readonly match: RuleMatch
  readonly numbers: RuleNumbers
}

function matchings(run: RunFacts, context: ExplainContext): readonly Matching[] {
  const reads = configurationReads(run)
  if (!reads.some(({ text }) => text.includes('_rules_'))) return []
  return run
    .of('guest.enter')
    .filter((record) => record.event.callback === headersCallback('request'))
    .flatMap((record) => {
      const configuration = configurationOf(reads, record.plugin, record.seq)
      const plugin = run.plugin(record.plugin)
      if (configuration === undefined || plugin?.abi !== '0_2_100') return []
      const facts = factsOf(run, record)
      if (facts === undefined) return []
      const numbers = ruleNumbersOf(context, plugin.name, configuration)
      return [{ record, facts, match: matchRules(configuration, facts), numbers }]
    })
}

/** A rule that is switched off is not handed over, yet who wrote the rules counts it. */
function ruleNumbersOf(context: ExplainContext, plugin: string, configuration: string): RuleNumbers {
  const spec = context.plugins.find(({ name }) => name === plugin)
  // Configured anew on the way: by what is not known here.
  const written = spec?.configuration !== undefined && new TextDecoder().decode(spec.configuration) === configuration
  const numbers = written ? ruleNumbers(spec.config) : []
  return (index) => numbers[index] ?? index + 1
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
