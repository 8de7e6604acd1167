/** What plugins count, as a real Envoy's admin port prints it (seen on 1.40: `stats-text.test.ts`). */
import { type Bin, countOf, countUpTo, quantile, sumOf } from './histogram.ts'

/** `value` of a counter or gauge, of a histogram how many values it has; `bins` of a histogram, lowest first. */
export type Stat = {
  readonly name: string
  readonly kind: 'counter' | 'gauge' | 'histogram'
  readonly value: number
  readonly bins?: readonly Bin[]
}

const quantiles = [0, 25, 50, 75, 90, 95, 99, 99.5, 99.9, 100]

/** Upper bounds of the buckets that Prometheus is told. */
const buckets = [
  ...[0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000],
  ...[300_000, 600_000, 1_800_000, 3_600_000],
]

/** Names are byte strings; what is printed is text. */
const shown = (name: string): string =>
  new TextDecoder().decode(Uint8Array.from(name, (character) => character.charCodeAt(0)))

const byName = (a: Stat, b: Stat): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)

const ofKinds = (stats: readonly Stat[], ...kinds: readonly Stat['kind'][]): readonly Stat[] =>
  stats.filter(({ kind }) => kinds.includes(kind)).toSorted(byName)

/** A gauge below zero is printed as the unsigned number of its bits. */
const unsigned = (value: number): string => String(value < 0 ? BigInt.asUintN(64, BigInt(value)) : value)

/** `GET /stats`: one line each, histograms behind the others. */
export function statsText(stats: readonly Stat[]): string {
  const plain = ofKinds(stats, 'counter', 'gauge').map(
    ({ name, value }) => `wasmcustom.${shown(name)}: ${unsigned(value)}`,
  )
  const histograms = ofKinds(stats, 'histogram').map(({ name, bins = [] }) => {
    if (bins.length === 0) return `wasmcustom.${shown(name)}: No recorded values`
    // Of the last five seconds, and of all time: a run's end lies within both.
    const parts = quantiles.map((part) => {
      const value = quantile(bins, part / 100)
      return `P${part}(${value},${value})`
    })
    return `wasmcustom.${shown(name)}: ${parts.join(' ')}`
  })
  return [...plain, ...histograms].map((line) => `${line}\n`).join('')
}

/** `GET /stats/prometheus`: without the prefix; a name that no metric may have there is left out, as Envoy does. */
export function prometheusText(stats: readonly Stat[]): string {
  return (['counter', 'gauge', 'histogram'] as const)
    .flatMap((kind) => ofKinds(stats, kind))
    .flatMap((stat) => {
      const name = prometheusName(shown(stat.name))
      if (name === undefined) return []
      const head = `# TYPE ${name} ${stat.kind}\n`
      return [stat.kind === 'histogram' ? `${head}${histogramLines(name, stat.bins ?? [])}` : `${head}${name}{} ${unsigned(stat.value)}\n`] // biome-ignore format: one of two
    })
    .join('')
}

/** Each character that has no place in a name becomes `_`. */
function prometheusName(name: string): string | undefined {
  const safe = name.replaceAll(/[^A-Za-z0-9_:]/gu, '_')
  return /^[A-Za-z_:]/.test(safe) ? safe : undefined
}

function histogramLines(name: string, bins: readonly Bin[]): string {
  const count = countOf(bins)
  const lines = buckets.map((bound) => `${name}_bucket{le="${bound}"} ${countUpTo(bins, bound)}`)
  return [...lines, `${name}_bucket{le="+Inf"} ${count}`, `${name}_sum{} ${sumOf(bins)}`, `${name}_count{} ${count}`]
    .map((line) => `${line}\n`)
    .join('')
}
