/**
 * Histograms as Envoy keeps them (libcircllhist): a value falls into a bin of its first two decimal digits, and what is
 * told afterwards is told of bins. Figures seen on Envoy 1.40 (`stats-text.test.ts`).
 */
export type Bin = { readonly low: number; readonly width: number; readonly count: number }

/** Lower end and width of the bin for a value, a whole number from 0 to 2⁶⁴ − 1. */
export function binFor(value: bigint): Omit<Bin, 'count'> {
  if (value === 0n) return { low: 0, width: 0 }
  const digits = value.toString()
  const mantissa = Number(digits.padEnd(2, '0').slice(0, 2))
  const exponent = digits.length - 2
  // Below ten the second digit is the first behind the point.
  return exponent < 0 ? { low: mantissa / 10, width: 0.1 } : { low: mantissa * 10 ** exponent, width: 10 ** exponent }
}

/** Values as they are recorded: only the bins are kept, at most some thousand of them. */
export class Histogram {
  private readonly counts = new Map<number, Bin>()

  record(value: bigint): void {
    const bin = binFor(value)
    this.counts.set(bin.low, { ...bin, count: (this.counts.get(bin.low)?.count ?? 0) + 1 })
  }

  /** Lowest first. */
  bins(): readonly Bin[] {
    return [...this.counts.values()].toSorted((a, b) => a.low - b.low)
  }
}

export const countOf = (bins: readonly Bin[]): number => bins.reduce((sum, { count }) => sum + count, 0)

/** The value below which this part (0 to 1) of all values lies, as if those of a bin stood in it at equal distances. */
export function quantile(bins: readonly Bin[], part: number): number {
  // What is a whole number must stay one: 0.9 × 10 is not 9 in every arithmetic.
  const rank = Math.max(1, Math.ceil(Number((part * countOf(bins)).toFixed(6))))
  let below = 0
  for (const { low, width, count } of bins) {
    if (rank <= below + count) return low + (width * (rank - below)) / (count + 1)
    below += count
  }
  return Number.NaN
}

/** Of the bins' middles, which lie nearer to the lower end. */
export const sumOf = (bins: readonly Bin[]): number =>
  bins.reduce(
    (sum, { low, width, count }) => sum + count * (low === 0 ? 0 : low + (width * low) / (low + low + width)),
    0,
  )

/** How many values lie in bins that end at or below the bound, or begin there. */
export const countUpTo = (bins: readonly Bin[], bound: number): number =>
  countOf(bins.filter(({ low, width }) => low + width <= bound || low === bound))
