import type { Flow } from './flow-types.ts'
import { waitEnd } from './relations.ts'
import type { Row } from './row-types.ts'
import { isNotable } from './row-words.ts'

/** What a key means in the timeline (ui/README.md, Keyboard). */
export type TimelineKey =
  | { readonly kind: 'select'; readonly row: number }
  | { readonly kind: 'fold'; readonly key: string }
  | { readonly kind: 'source' | 'table' | 'filter' | 'go' }

type Place = {
  readonly rows: readonly Row[]
  readonly flow: Flow
  /** Index of the selected row, -1 for none. */
  readonly selected: number
  /** `g` was the key before. */
  readonly goes: boolean
  readonly page: number
}

export function timelineKey(key: string, place: Place): TimelineKey | undefined {
  const { rows, selected, goes, page } = place
  const to = (row: number | undefined): TimelineKey | undefined =>
    row === undefined || row < 0 || rows.length === 0
      ? undefined
      : { kind: 'select', row: Math.min(rows.length - 1, row) }
  if (goes && key === 'w') return to(waitEnd(place.flow, Math.max(0, selected)))
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return to(selected + 1)
    case 'ArrowUp':
    case 'k':
      return to(Math.max(0, selected - 1))
    case 'PageDown':
      return to(selected + page)
    case 'PageUp':
      return to(Math.max(0, selected - page))
    case 'Home':
      return to(0)
    case 'End':
      return to(rows.length - 1)
    case 'n':
      return to(rows.findIndex((row, index) => index > selected && isNotable(row)))
    case 'N':
      return to(rows.findLastIndex((row, index) => index < selected && isNotable(row)))
    case ']':
      return to(rows.findIndex((row, index) => index > selected && row.kind === 'callback'))
    case '[':
      return to(rows.findLastIndex((row, index) => index < selected && row.kind === 'callback'))
    case 'ArrowRight':
      return inward(place)
    case 'ArrowLeft':
      return outward(place)
    case 'Enter':
      return rows[selected]?.kind === 'fold' ? foldKey(rows[selected]) : { kind: 'source' }
    case ' ':
      return rows[selected]?.kind === 'fold' ? foldKey(rows[selected]) : undefined
    case 't':
      return { kind: 'table' }
    case '/':
      return { kind: 'filter' }
    case 'g':
      return { kind: 'go' }
    default:
      return undefined
  }
}

const foldKey = (row: Row): TimelineKey => ({ kind: 'fold', key: row.key })

/** Opens a fold, goes into a callback, follows a call to what it caused. */
function inward({ rows, flow, selected }: Place): TimelineKey | undefined {
  const row = rows[selected]
  if (row === undefined) return undefined
  if (row.kind === 'fold' && !row.open) return foldKey(row)
  if (row.kind === 'callback') {
    const inside = rows.findIndex((other, index) => index > selected && other.span === row.span)
    return inside < 0 ? undefined : { kind: 'select', row: inside }
  }
  const answer = flow.callouts.find((callout) => callout.row === selected)?.end
  const caused =
    (answer?.kind === 'answered' ? answer.row : waitEnd(flow, selected)) ??
    flow.hops.find((hop) => hop.fromRow === selected)?.toRow
  return caused === undefined ? undefined : { kind: 'select', row: caused }
}

/** Closes a fold, or goes back to the callback a call was made in. */
function outward({ rows, flow, selected }: Place): TimelineKey | undefined {
  const row = rows[selected]
  if (row === undefined) return undefined
  if (row.kind === 'fold' && row.open) return foldKey(row)
  if (row.kind === 'callback' || row.span === undefined) {
    const cause = flow.hops.find((hop) => hop.toRow === selected)?.fromRow
    return cause === undefined ? undefined : { kind: 'select', row: cause }
  }
  const caller = rows.findLastIndex(
    (other, index) => index < selected && other.kind === 'callback' && other.span === row.span,
  )
  return caller < 0 ? undefined : { kind: 'select', row: caller }
}
