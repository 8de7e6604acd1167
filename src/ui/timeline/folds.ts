import type { TracePlugin } from '../../model/trace.ts'
import type { CallRow, FoldRow, Phrase, Row } from './row-types.ts'

/** Headers that a wrapper makes by itself at the start of a request (higress.md 1.5). */
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

/** A call that a Higress-style wrapper makes by itself: around its log lines, callout answers and request start. */
export function isSdkCall(row: Row | undefined, plugin: TracePlugin | undefined): row is CallRow {
  if (row?.kind !== 'call' || row.result.bad) return false
  if (plugin?.abi !== '0_2_100' && plugin?.sdk?.includes('higress') !== true) return false
  const first = row.args.split(/ → |, /)[0] ?? ''
  switch (row.name) {
    case 'proxy_get_header_map_value':
      return SDK_HEADERS.has(first)
    case 'proxy_get_property':
    case 'proxy_set_property':
      return first === 'x_request_id'
    case 'proxy_call_foreign_function':
      return first === '"get_log_level"'
    case 'proxy_get_header_map_pairs':
    case 'proxy_get_buffer_bytes':
      return first.startsWith('HttpCallResponse')
    case 'proxy_set_effective_context':
    case 'proxy_get_log_level':
      return true
    default:
      return false
  }
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
    result.push({
      ...foldHead(row, key),
      kind: 'fold',
      say: { key: group.word, params: { count, names: namesOf(group.rows) } },
      open,
      count,
    })
    if (open) result.push(...group.rows.map((inner) => (inner.kind === 'call' ? { ...inner, folded: true } : inner)))
    at += count
  }
  return result
}

/** `on_log, on_done`: each name once. */
const namesOf = (rows: readonly Row[]): string =>
  [...new Set(rows.flatMap((row) => (row.kind === 'callback' ? [row.name.replace(/^proxy_/, '')] : [])))].join(', ')

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
    return { rows: rows.slice(at, end), word: 'run.row.lifecycle' }
  }
  const plugin = pluginOf(first)
  const together = (index: number): Row | undefined => {
    const row = rows[index]
    return row !== undefined && row.span === first.span && !keep.has(row.seq) ? row : undefined
  }
  const sdk = endOf(rows, at, (index) => isSdkCall(together(index), plugin))
  if (sdk - at >= 2) return { rows: rows.slice(at, sdk), word: 'run.row.sdkCalls' }
  if (!isQuietRead(first)) return undefined
  const end = endOf(rows, at, (index) => {
    const row = together(index)
    return row !== undefined && isQuietRead(row) && !isSdkCall(row, plugin)
  })
  return end - at >= FOLD_FROM ? { rows: rows.slice(at, end), word: 'run.row.reads' } : undefined
}

function endOf(rows: readonly Row[], from: number, fits: (index: number) => boolean): number {
  let end = from
  while (end < rows.length && fits(end)) end++
  return end
}
