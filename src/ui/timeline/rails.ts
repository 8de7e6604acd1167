import type { Bar, Callout, Flow, Hold, Hop } from './flow-types.ts'
import type { Mark } from './row-types.ts'

/** Sizes of one drawing, in CSS pixels. */
export type RailSize = {
  readonly row: number
  readonly lane: number
  /** 13 in the timeline; smaller in thumbnails. */
  readonly bar: number
  readonly gap: number
}

/** Whose colour a shape has; the drawing turns it into a token. */
export type RailInk =
  | { readonly kind: 'lane'; readonly lane: number }
  | { readonly kind: 'message' | 'axis' | 'bad' | 'surface' | 'none' }
  | { readonly kind: 'mark'; readonly mark: Mark }

/** One SVG shape with the pixels it covers, so that only what is in view is drawn. */
export type RailShape = { readonly key: string; readonly top: number; readonly bottom: number } & (
  | {
      readonly kind: 'path'
      readonly d: string
      readonly stroke: RailInk
      readonly fill: RailInk
      readonly width: number
      readonly dash: string
      readonly opacity: number
    }
  | { readonly kind: 'bar'; readonly x: number; readonly y: number; readonly height: number; readonly lane: number }
  | {
      readonly kind: 'mark'
      readonly x: number
      readonly y: number
      readonly size: number
      readonly mark: Mark
      readonly flip: boolean
      readonly lane: number
    }
  | { readonly kind: 'dot'; readonly x: number; readonly y: number; readonly r: number; readonly hollow: boolean }
)

const NONE: RailInk = { kind: 'none' }
const MESSAGE: RailInk = { kind: 'message' }
const SURFACE: RailInk = { kind: 'surface' }

/** Rows and flow → shapes, back to front. Pure: the same drawing for the timeline, thumbnails and docs. */
export function railShapes(flow: Flow, lanes: number, rows: number, size: RailSize): readonly RailShape[] {
  const pen = new Pen(flow.bars, size, rows)
  return [
    ...flow.busy.map((busy, index) => pen.busy(busy.lane, busy.from, busy.to, index)),
    ...flow.holds.map((hold, index) => pen.hold(hold, index)),
    ...flow.hops.flatMap((hop, index) => pen.hop(hop, index)),
    ...flow.callouts.flatMap((callout, index) => pen.callout(callout, index, lanes)),
    ...flow.nodes.map((node) => pen.node(node.lane, node.row, node.shape)),
    ...flow.bars.flatMap((bar) => pen.bar(bar)),
  ]
}

class Pen {
  private readonly bars: readonly Bar[]
  private readonly size: RailSize
  private readonly rows: number

  constructor(bars: readonly Bar[], size: RailSize, rows: number) {
    this.bars = bars
    this.size = size
    this.rows = rows
  }

  private x(lane: number): number {
    return lane * this.size.lane + this.size.lane / 2
  }
  private y(row: number): number {
    return row * this.size.row + this.size.row / 2
  }
  private top(row: number): number {
    return row * this.size.row + this.size.gap
  }
  /** Lower edge of the bar that covers a row of that lane, else of the row itself. */
  private under(lane: number, row: number): number {
    const bar = this.bars.find((candidate) => candidate.lane === lane && row >= candidate.from && row <= candidate.to)
    return ((bar?.to ?? row) + 1) * this.size.row - this.size.gap
  }

  private path(
    key: string,
    d: string,
    span: readonly [number, number],
    style: { stroke?: RailInk; fill?: RailInk; width?: number; dash?: string; opacity?: number },
  ): RailShape {
    return {
      kind: 'path',
      key,
      d,
      top: Math.min(...span),
      bottom: Math.max(...span),
      stroke: style.stroke ?? NONE,
      fill: style.fill ?? NONE,
      width: style.width ?? 0,
      dash: style.dash ?? '',
      opacity: style.opacity ?? 1,
    }
  }

  busy(lane: number, from: number, to: number, index: number): RailShape {
    const [a, b] = [this.y(from) + 5, this.y(to) - 5]
    return this.path(`busy${index}`, `M${this.x(lane)} ${a}V${b}`, [a, b], { stroke: MESSAGE, width: 5, opacity: 0.28 })
  }

  hold(hold: Hold, index: number): RailShape {
    const from = this.under(hold.lane, hold.from)
    const to =
      hold.to === undefined
        ? this.rows * this.size.row
        : hold.to >= this.rows
          ? this.rows * this.size.row
          : this.top(hold.to)
    const endless = hold.to === undefined
    return this.path(`hold${index}`, `M${this.x(hold.lane)} ${from + 2}V${to}`, [from, to], {
      stroke: { kind: 'mark', mark: hold.mark },
      width: endless ? 2 : 2.5,
      dash: endless ? '1.5 4' : '1 4.5',
    })
  }

  hop(hop: Hop, index: number): readonly RailShape[] {
    const d = hop.toLane > hop.fromLane ? 1 : -1
    const half = this.size.bar / 2
    const x1 = this.x(hop.fromLane) + (hop.fromNode ? 0 : d * half)
    const x2 = this.x(hop.toLane)
    const y1 = this.y(hop.fromRow)
    const bend = Math.min(8, this.size.lane / 4)
    const flat = hop.toRow <= hop.fromRow
    const end = hop.to === 'node' ? this.y(hop.toRow) - 5 : this.top(hop.toRow) - 1
    const key = `hop${index}`
    const reach = flat ? x2 - d * (hop.to === 'node' ? 5 : half + 1) : x2
    const line = flat
      ? `M${x1} ${y1}H${reach - d * 5}`
      : `M${x1} ${y1}H${x2 - d * bend}Q${x2} ${y1} ${x2} ${y1 + bend}V${Math.max(end - 4, y1 + bend)}`
    const arrow = flat ? `M${reach - d * 6} ${y1 - 4}v8L${reach} ${y1}z` : `M${x2 - 4} ${end - 6}h8L${x2} ${end + 0.5}z`
    const span = [y1 - 5, Math.max(end, y1 + 5)] as const
    if (hop.direction === 'request')
      return [
        this.path(`${key}l`, line, span, { stroke: MESSAGE, width: hop.body ? 1.4 : 2 }),
        this.path(`${key}a`, arrow, span, { fill: MESSAGE }),
      ]
    return [
      this.path(`${key}o`, line, span, { stroke: MESSAGE, width: hop.body ? 3 : 4 }),
      this.path(`${key}i`, line, span, { stroke: SURFACE, width: hop.body ? 1 : 1.6 }),
      this.path(`${key}a`, arrow, span, { stroke: MESSAGE, fill: SURFACE, width: 1.4 }),
    ]
  }

  callout(callout: Callout, index: number, lanes: number): readonly RailShape[] {
    const ink: RailInk = { kind: 'lane', lane: callout.lane }
    const key = `call${index}`
    const y = this.y(callout.row)
    if (callout.end.kind === 'refused') {
      // There is room to the right, except from the last lane.
      const d = callout.lane >= lanes - 1 ? -1 : 1
      const x1 = this.x(callout.lane) + (d * this.size.bar) / 2
      const cross = x1 + d * this.size.lane * 0.62
      const span = [y - 4, y + 4] as const
      const stub = `M${x1} ${y}H${cross - d * 6}`
      return [
        this.path(`${key}s`, stub, span, { stroke: { kind: 'bad' }, width: 1.5, dash: '3 2.5' }),
        this.path(`${key}x`, `m${cross - 4} ${y - 4} 8 8m0-8-8 8`, span, { stroke: { kind: 'bad' }, width: 1.8 }),
      ]
    }
    const d = callout.cluster > callout.lane ? 1 : -1
    const x1 = this.x(callout.lane) + (d * this.size.bar) / 2
    const x2 = this.x(callout.cluster)
    const out = [
      this.path(`${key}l`, `M${x1} ${y}H${x2 - d}`, [y, y], { stroke: ink, width: 1.5 }),
      this.path(`${key}a`, `M${x2 - d * 6} ${y - 3.5}v7l${d * 6}-3.5z`, [y - 4, y + 4], { fill: ink }),
    ]
    if (callout.end.kind !== 'answered') return out
    const back = this.y(callout.end.row)
    const home = this.x(callout.lane)
    return [
      ...out,
      this.path(`${key}b`, `M${x2} ${y}V${back}H${home + d * 5}`, [y, back], { stroke: ink, width: 1.5 }),
      this.path(`${key}h`, `M${home + d * 6} ${back - 3.5}v7l${-d * 6}-3.5z`, [back - 4, back + 4], { fill: ink }),
    ]
  }

  node(lane: number, row: number, shape: 'in' | 'out' | 'small-in' | 'small-out'): RailShape {
    const [x, y] = [this.x(lane), this.y(row)]
    const small = shape.startsWith('small')
    const hollow = shape.endsWith('out')
    return { kind: 'dot', key: `node${row}`, top: y - 5, bottom: y + 5, x, y, r: small ? 2.5 : 4, hollow }
  }

  bar(bar: Bar): readonly RailShape[] {
    const { size } = this
    const y = this.top(bar.from)
    const bottom = (bar.to + 1) * size.row - size.gap
    const x = this.x(bar.lane) - size.bar / 2 + bar.nesting * 4
    const shape: RailShape = {
      kind: 'bar',
      key: `bar${bar.from}`,
      top: y,
      bottom,
      x,
      y,
      height: bottom - y,
      lane: bar.lane,
    }
    if (bar.mark === undefined) return [shape]
    const mark = Math.min(10, size.bar - 2)
    const at = { x: x + (size.bar - mark) / 2, y: bottom - mark - 2 }
    return [
      shape,
      {
        kind: 'mark',
        key: `mark${bar.from}`,
        top: at.y,
        bottom,
        ...at,
        size: mark,
        mark: bar.mark,
        flip: bar.flip,
        lane: bar.lane,
      },
    ]
  }
}
