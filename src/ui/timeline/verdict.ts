import { headerValue } from '../../model/http.ts'
import type { Finding } from '../../model/report.ts'
import type { StreamEnd, TracePlugin, TraceRecord } from '../../model/trace.ts'
import { durationText, sizeText, visibleText } from './display-text.ts'
import { exchangeOf } from './exchange.ts'
import type { Mark, Phrase } from './row-types.ts'
import type { Scope } from './scopes.ts'
import { reasonPhrase } from './status-line.ts'

/** One sentence about the end of a run: the largest text of the run side. */
export type Verdict = {
  readonly mark: Mark | 'warn' | undefined
  readonly title: Phrase
  readonly sub: readonly Phrase[]
  /** `seq` of the event the reader wants next. */
  readonly jump: number | undefined
}

/** As a person says it; the full name is in the inspector. */
const shortName = (callback: string): string => callback.replace(/^proxy_/, '')

const phrase = (key: Phrase['key'], params?: Phrase['params']): Phrase =>
  params === undefined ? { key } : { key, params }

export function verdictOf(
  records: readonly TraceRecord[],
  scope: Scope,
  plugins: readonly TracePlugin[],
  findings: readonly Finding[],
): Verdict {
  const name = (index: number | undefined) => plugins.find((plugin) => plugin.index === index)?.name ?? ''
  const load = records.find(({ event }) => event.type === 'load-error')
  const trap = records.find(({ event }) => event.type === 'trap')
  const hung = records.find(({ event }) => event.type === 'hung')
  const took = phrase('run.verdict.took', { time: durationText((records.at(-1)?.at ?? 0) - (records[0]?.at ?? 0)) })
  if (hung !== undefined)
    return {
      mark: 'hang',
      title: phrase('run.verdict.hang'),
      sub: [phrase('run.verdict.heldBy', { plugin: name(hung.plugin ?? lastPause(records)) })],
      jump: hung.seq,
    }
  if (scope.stream === undefined) return withoutExchange(records, scope, load, trap, name, findings)
  const exchange = exchangeOf(records)
  const status = Number(headerValue(exchange.response?.headers ?? [], ':status') ?? '0')
  const line = `${status} ${reasonPhrase(status, exchange.answerer)}`
  if (trap?.event.type === 'trap') {
    const sub = [phrase('run.verdict.trapIn', { kind: trap.event.kind, callback: shortName(trap.event.callback) })]
    const title =
      status === 0
        ? phrase('run.verdict.trapped', { plugin: name(trap.plugin) })
        : phrase('run.verdict.statusTrapped', { status, plugin: name(trap.plugin) })
    return { mark: 'trap', title, sub, jump: trap.seq }
  }
  if (records.some(({ event }) => event.type === 'connection.open')) return ofConnection(records, exchange.ended, took)
  if (status === 0) return { mark: 'warn', title: endTitle(exchange.ended), sub: [took], jump: undefined }
  const problems = inScope(findings, records).filter(({ severity }) => severity === 'problem')
  const first = problems[0]
  const cut = exchange.ended === 'truncated' || exchange.ended === 'reset'
  const reply = records.find(({ event }) => event.type === 'local-reply' && event.outcome === 'sent')
  if (first !== undefined)
    return {
      mark: undefined,
      title: phrase('run.verdict.problems', { line, count: problems.length }),
      sub: [phrase('run.verdict.problemIn', { callback: shortName(first.callback), plugin: first.plugin })],
      jump: first.event,
    }
  if (cut) return { mark: 'warn', title: phrase('run.verdict.cut', { line }), sub: [took], jump: undefined }
  if (reply?.plugin !== undefined) {
    const asked = exchange.calls.some((call) => call.kind === 'route')
    const upstream = records.find(({ event }) => event.type === 'route')?.event
    const cluster = upstream?.type === 'route' ? upstream.cluster : ''
    const sub = asked || cluster === '' ? took : phrase('run.verdict.notAsked', { cluster })
    return {
      mark: 'reply',
      title: phrase('run.verdict.reply', { status, plugin: name(reply.plugin) }),
      sub: [sub],
      jump: reply.seq,
    }
  }
  if (reply?.event.type === 'local-reply')
    return {
      mark: 'warn',
      title: phrase('run.verdict.gatewayReply', { line }),
      sub: [phrase('run.verdict.details', { details: reply.event.details || '-' })],
      jump: reply.seq,
    }
  if (plugins.length === 0)
    return {
      mark: undefined,
      title: phrase('run.verdict.straight', { line }),
      sub: [took, phrase('run.verdict.noPlugins')],
      jump: undefined,
    }
  const met = new Set(records.flatMap(({ event, plugin }) => (event.type === 'guest.enter' ? [plugin] : [])))
  return {
    mark: undefined,
    title: phrase('run.verdict.line', { line }),
    // Plugins that were asked: httpbin's own port has none before it.
    sub: [
      took,
      met.size === 0 ? phrase('run.verdict.noPluginMet') : phrase('run.verdict.plugins', { count: met.size }),
    ],
    jump: undefined,
  }
}

/** A plugin that did not load: why in its own words if it had any, else in the gateway's. Undefined for other records. */
export function verdictOfRefused(
  { event, seq }: TraceRecord,
  plugin: string,
  findings: readonly Finding[],
): Verdict | undefined {
  if (event.type !== 'load-error') return undefined
  const said = findings.find((found) => found.rule === 'module-rejected' && found.event === seq)?.params.said
  return {
    mark: 'warn',
    title: phrase('run.verdict.notLoaded', { plugin }),
    sub: [phrase('run.verdict.says', { message: visibleText(String(said ?? event.message)) })],
    jump: seq,
  }
}

/** A TCP connection has no status: how it ended, and what the client got. */
function ofConnection(records: readonly TraceRecord[], ended: StreamEnd | undefined, took: Phrase): Verdict {
  const bytes = records.reduce((sum, { event }) => sum + (event.type === 'response.body' ? event.data.length : 0), 0)
  const whole = ended === 'complete'
  return {
    mark: whole ? undefined : 'warn',
    title: phrase(whole ? 'run.verdict.connectionDone' : 'run.verdict.connectionCut'),
    sub: [took, phrase('run.verdict.clientGot', { size: sizeText(bytes) })],
    jump: undefined,
  }
}

type Found = TraceRecord | undefined

function withoutExchange(
  records: readonly TraceRecord[],
  scope: Scope,
  load: Found,
  trap: Found,
  name: (index: number | undefined) => string,
  findings: readonly Finding[],
): Verdict {
  const refused = load === undefined ? undefined : verdictOfRefused(load, name(load.plugin), findings)
  if (refused !== undefined) return refused
  if (trap?.event.type === 'trap')
    return {
      mark: 'trap',
      title: phrase('run.verdict.trapped', { plugin: name(trap.plugin) }),
      sub: [phrase('run.verdict.trapIn', { kind: trap.event.kind, callback: shortName(trap.event.callback) })],
      jump: trap.seq,
    }
  const time = durationText((records.at(-1)?.at ?? 0) - (records[0]?.at ?? 0))
  return {
    mark: undefined,
    title: phrase(scope.kind === 'start' ? 'run.verdict.started' : 'run.verdict.stepDone'),
    sub: [phrase('run.verdict.took', { time })],
    jump: undefined,
  }
}

function endTitle(ended: string | undefined): Phrase {
  switch (ended) {
    case 'reset':
      return phrase('run.verdict.reset')
    case 'client-abort':
      return phrase('run.verdict.abort')
    case 'rejected':
      return phrase('run.verdict.rejected')
    case 'deadline':
      return phrase('run.verdict.cutShort')
    default:
      return phrase('run.verdict.noResponse')
  }
}

const lastPause = (records: readonly TraceRecord[]): number | undefined =>
  records.findLast(({ event }) => event.type === 'chain.pause')?.plugin

/** The findings about what a timeline shows. */
export function inScope(findings: readonly Finding[], records: readonly TraceRecord[]): readonly Finding[] {
  const seqs = new Set(records.map(({ seq }) => seq))
  return findings.filter(({ event }) => seqs.has(event))
}
