import type { TracePlugin } from '../../model/trace.ts'
import type { CallRow, FoldRow, Phrase, Row } from './row-types.ts'

/** Reads that a wrapper makes by itself at the start of a request (higress.md 1.5). */
const SDK_HEADERS = new Set([
  ':scheme',
  ':authority',
  ':path',
  ':method',
  'connection',
  'upgrade',
  'content-type',
  'content-encoding',
  'x-request-id',
])
const LIFECYCLE = new Set(['proxy_on_context_create', 'proxy_on_done', 'proxy_on_delete', 'proxy_on_log'])
/** Fewer reads than this stay as rows. */
const FOLD_FROM = 4

const isQuietRead = (row: Row): row is CallRow =>
  row.kind === 'call' &&
  !row.result.bad &&
  (row.name.startsWith('proxy_get_') || row.name === 'clock_time_get' || row.name === 'random_get')

function bySdk(row: CallRow, plugin: TracePlugin | undefined): boolean {
  const wrapped = plugin?.abi === '0_2_100' || plugin?.sdk?.includes('higress') === true
  if (!wrapped || row.name !== 'proxy_get_header_map_value') return false
  return SDK_HEADERS.has(row.args.split(' → ')[0] ?? '')
}

/** A callback row directly followed by a row outside it, without a mark worth seeing. */
function isQuietLifecycle(rows: readonly Row[], at: number): boolean {
  const row = rows[at]
  if (row?.kind !== 'callback' || !LIFECYCLE.has(row.name) || row.mark !== undefined) return false
  const next = rows[at + 1]
  return next === undefined || next.span !== row.span || next.kind === 'callback'
}

/**
 * Closes runs of quiet reads, and of life-cycle callbacks that made no call, into one row each. Only calls that were
 * Ok are folded; whatever has a finding under it is passed in by `keep` and stays. Opened folds keep their rows.
 */
export function foldRows(
  rows: readonly Row[],
  pluginOf: (row: Row) => TracePlugin | undefined,
  opened: ReadonlySet<string>,
  keep: ReadonlySet<number>,
): readonly Row[] {
  const result: Row[] = []
  for (let at = 0; at < rows.length; ) {
    const row = rows[at]
    if (row === undefined) break
    const group = groupFrom(rows, at, pluginOf, keep)
    if (group === undefined) {
      result.push(row)
      at++
      continue
    }
    const key = `f${row.seq}`
    const open = opened.has(key)
    const count = group.rows.length
    result.push({ ...foldHead(row, key), kind: 'fold', say: { key: group.word, params: { count } }, open, count })
    if (open) result.push(...group.rows.map((inner) => (inner.kind === 'call' ? { ...inner, folded: true } : inner)))
    at += count
  }
  return result
}

const foldHead = (row: Row, key: string): Omit<FoldRow, 'kind' | 'say' | 'open' | 'count'> => ({
  key,
  number: row.number,
  seq: row.seq,
  at: row.at,
  lane: row.lane,
  span: row.kind === 'callback' ? undefined : row.span,
  stream: row.stream,
})

function groupFrom(
  rows: readonly Row[],
  at: number,
  pluginOf: (row: Row) => TracePlugin | undefined,
  keep: ReadonlySet<number>,
): { readonly rows: readonly Row[]; readonly word: Phrase['key'] } | undefined {
  const first = rows[at]
  if (first === undefined || keep.has(first.seq)) return undefined
  if (isQuietLifecycle(rows, at)) {
    const end = endOf(rows, at, (index) => isQuietLifecycle(rows, index) && !keep.has(rows[index]?.seq ?? -1))
    return end - at >= 2 ? { rows: rows.slice(at, end), word: 'run.row.lifecycle' } : undefined
  }
  if (!isQuietRead(first)) return undefined
  const plugin = pluginOf(first)
  const same = (index: number): CallRow | undefined => {
    const row = rows[index]
    const fits = row !== undefined && isQuietRead(row) && row.span === first.span && !keep.has(row.seq)
    return fits ? row : undefined
  }
  const sdk = endOf(rows, at, (index) => {
    const row = same(index)
    return row !== undefined && bySdk(row, plugin)
  })
  if (sdk - at >= 3) return { rows: rows.slice(at, sdk), word: 'run.row.sdkReads' }
  const end = endOf(rows, at, (index) => same(index) !== undefined)
  return end - at >= FOLD_FROM ? { rows: rows.slice(at, end), word: 'run.row.reads' } : undefined
}

function endOf(rows: readonly Row[], from: number, fits: (index: number) => boolean): number {
  let end = from
  while (end < rows.length && fits(end)) end++
  return end
}
