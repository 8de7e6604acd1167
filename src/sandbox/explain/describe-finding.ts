import type { Finding } from '../../model/report.ts'
import { clusterNameSentence } from '../../text/cluster-name-words.ts'
import { findings } from '../../text/en/findings.ts'
import type { TextParams } from '../../text/text.ts'

/** The keys of the findings' own section: any `Text` of the catalogue will do. */
type TextKey = keyof typeof findings
export type FindingText = (key: TextKey, params?: TextParams) => string

/** A change of the source that removes the problem: a text that stands there, and what to write instead. */
export type FindingEdit = {
  readonly plugin: string
  /** Export name of the callback in whose handler the text stands; '' if it may stand anywhere. */
  readonly callback: string
  readonly replace: string
  readonly with: string
}

export type Description = {
  readonly what: string
  readonly why: string
  readonly do: string
  readonly edit?: FindingEdit
}

export type DescribeOptions = {
  /** From a module's byte offsets, innermost first, to a place in the source (`compile-worker/source-map.ts`). */
  readonly locate?: (
    plugin: string,
    offsets: readonly number[],
  ) => { readonly file: string; readonly line: number } | undefined
}

/** A finding in words of one language: what happened, why, and what to do. */
export function describeFinding(finding: Finding, text: FindingText, options: DescribeOptions = {}): Description {
  const params = shownParams(finding, text)
  const part = (name: 'what' | 'why' | 'do') => {
    const key = keyOf(finding, name)
    return key === undefined ? '' : text(key, params)
  }
  const probable = finding.params.certainty === 'probable' ? ` ${text('finding.hung.probable')}` : ''
  const edit = editOf(finding)
  return {
    what: part('what'),
    why:
      withPlace(finding, part('why'), text, options) +
      probable +
      clusterNameRead(finding, text) +
      rulesMissed(finding, text),
    do: part('do'),
    ...(edit === undefined ? {} : { edit }),
  }
}

/** The English message of the run report: the three parts as sentences of one line. */
export function findingMessage(finding: Finding, text: FindingText, options: DescribeOptions = {}): string {
  const { what, why, do: remedy } = describeFinding(finding, text, options)
  return [what, why, remedy]
    .filter((part) => part !== '')
    .map((part) => (/[.。:!?]$/.test(part) ? part : `${part}.`))
    .join(' ')
}

/** The variant's own words if it has them, else the rule's. Every rule has all three (tested). */
function keyOf(finding: Finding, part: string): TextKey | undefined {
  const variant = finding.params.variant
  const own = `finding.${finding.rule}.${String(variant)}.${part}`
  const general = `finding.${finding.rule}.${part}`
  return isTextKey(own) ? own : isTextKey(general) ? general : undefined
}

const isTextKey = (key: string): key is TextKey => Object.hasOwn(findings, key)

/** So many rules are gone through one by one. */
const mostMisses = 5

/** Why each rule that was tried did not match. */
function rulesMissed({ params: { misses } }: Finding, text: FindingText): string {
  if (typeof misses !== 'object') return ''
  const sentences = misses.slice(0, mostMisses).flatMap((miss) => {
    const [rule = '', kind = '', ...patterns] = String(miss).split(' ')
    const key = `finding.rule-miss.${kind}`
    return isTextKey(key) ? [text(key, { rule, patterns: patterns.join(' ') })] : []
  })
  const more = misses.length - mostMisses
  if (more > 0) sentences.push(text('finding.rule-miss.more', { number: more }))
  return sentences.map((sentence) => ` ${sentence}`).join('')
}

/** How the name of a cluster that is not there reads, part by part. */
function clusterNameRead({ params }: Finding, text: FindingText): string {
  if (!namesCluster.test(String(params.variant)) || typeof params.cluster !== 'string') return ''
  const sentence = clusterNameSentence(params.cluster, text)
  return sentence === '' ? '' : ` ${sentence}`
}
const namesCluster = /^((unknown|near)-cluster|other-(port|version|registry|shape))$/

/** `proxy_on_request_body` reads better without its prefix; words that have a translation get it; lists are joined. */
function shownParams(finding: Finding, text: FindingText): TextParams {
  const shown: Record<string, string | number> = {
    plugin: finding.plugin === '' ? text('finding.word.gateway') : finding.plugin,
    callback: finding.callback.replace(/^proxy_/, ''),
  }
  for (const [name, value] of Object.entries(finding.params)) {
    if (typeof value === 'object') shown[name] = value.length === 0 ? '–' : value.join(text('finding.word.and'))
    else if (value === 'request' || value === 'response') shown[name] = text(`finding.word.${value}`)
    else shown[name] = value
  }
  return shown
}

function withPlace(finding: Finding, why: string, text: FindingText, options: DescribeOptions): string {
  const { offsets, file, line } = finding.params
  // Go prints its own places, with and without a source map.
  if (typeof file === 'string' && typeof line === 'number') return text('finding.at', { what: why, file, line })
  if (typeof offsets !== 'object' || options.locate === undefined) return why
  const place = options.locate(finding.plugin, offsets.map(Number))
  return place === undefined ? why : text('finding.at', { what: why, file: place.file, line: place.line })
}

/** Only where the text to change and the text to write are both known. */
function editOf(finding: Finding): FindingEdit | undefined {
  const { plugin, callback, params } = finding
  const text = (name: string) => (typeof params[name] === 'string' ? params[name] : undefined)
  if (finding.rule === 'header-stop-released') {
    return edit(plugin, callback, text('sdkName'), text('wanted'))
  }
  if (params.variant === 'go-not-registered') {
    return edit(plugin, '', 'func main() {', 'func main() {}\n\nfunc init() {')
  }
  if (finding.rule !== 'callout-refused') return undefined
  return edit(plugin, '', text('cluster'), text('replacement'))
}

function edit(plugin: string, callback: string, from: string | undefined, to: string | undefined) {
  return from === undefined || to === undefined || from === ''
    ? undefined
    : { plugin, callback, replace: from, with: to }
}
