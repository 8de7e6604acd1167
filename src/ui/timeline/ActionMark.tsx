import { useText } from '../text.ts'
import type { Mark } from './row-types.ts'

/** The six shapes: readable at 12px and in one colour. `--mk` is what shows through their holes. */
function MarkShape({ mark }: { readonly mark: Mark }) {
  const hole = 'var(--mk, var(--surface))'
  switch (mark) {
    case 'continue':
      return <path d="M3 1.8 10.4 6 3 10.2z" fill="currentColor" />
    case 'stop':
      return (
        <>
          <rect x="1.2" y="1.2" width="9.6" height="9.6" rx="2" fill="currentColor" />
          <path d="M4.5 3.8v4.4M7.5 3.8v4.4" stroke={hole} strokeWidth="1.5" />
        </>
      )
    case 'buffer':
      return (
        <>
          <rect x="1.8" y="1.8" width="8.4" height="8.4" rx="1.2" fill="none" stroke="currentColor" strokeWidth="1.4" />
          <path d="M3 6h6v3.2H3z" fill="currentColor" />
          <path d="M3.4 4.2h5.2" stroke="currentColor" strokeWidth="1.1" />
        </>
      )
    case 'reply':
      return (
        <>
          <path d="M10.3 10.2V6.4a3.1 3.1 0 0 0-3.1-3.1H3" fill="none" stroke="currentColor" strokeWidth="1.7" />
          <path d="M5.2.4 1 3.3l4.2 2.9z" fill="currentColor" />
        </>
      )
    case 'trap':
      return (
        <>
          <path d="M6 .5 11.5 6 6 11.5.5 6z" fill="currentColor" />
          <path d="m4.2 4.2 3.6 3.6m0-3.6L4.2 7.8" stroke={hole} strokeWidth="1.4" />
        </>
      )
    case 'hang':
      return (
        <path
          d="M2.6 1h6.8M2.6 11h6.8M3.3 1c0 2.6 5.4 3.6 5.4 5S3.3 8.4 3.3 11M8.7 1c0 2.6-5.4 3.6-5.4 5s5.4 2.4 5.4 5"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.4"
        />
      )
  }
}

/** The shape of an action, wherever an action is named. In response callbacks Continue points the way back. */
export function ActionMark({
  mark,
  size = 12,
  flip = false,
}: {
  readonly mark: Mark
  readonly size?: number
  readonly flip?: boolean
}) {
  const turned = flip && mark === 'continue'
  return (
    <svg
      className={`act-${mark}`}
      width={size}
      height={size}
      viewBox="0 0 12 12"
      aria-hidden="true"
      style={turned ? { transform: 'scaleX(-1)' } : undefined}
    >
      <MarkShape mark={mark} />
    </svg>
  )
}

/** The same shape inside the rails' SVG. */
export function RailMark(props: {
  readonly mark: Mark
  readonly x: number
  readonly y: number
  readonly size: number
  readonly flip: boolean
  readonly hole: string
}) {
  const { mark, x, y, size, flip, hole } = props
  const turned = flip && mark === 'continue'
  const scale = size / 12
  const move = `translate(${turned ? x + size : x} ${y}) scale(${turned ? -scale : scale} ${scale})`
  return (
    <g className={`act-${mark}`} transform={move} style={{ '--mk': hole } as React.CSSProperties}>
      <MarkShape mark={mark} />
    </g>
  )
}

/** Shape and word. Only what is not Continue gets a chip, so that a column of Continue stays quiet. */
export function ActionChip({
  mark,
  word,
  flip = false,
  chip = mark !== 'continue',
}: {
  readonly mark: Mark
  readonly word?: string
  readonly flip?: boolean
  readonly chip?: boolean
}) {
  const t = useText()
  return (
    <span className={`act act-${mark}${chip ? ' chip' : ''}`}>
      <ActionMark mark={mark} flip={flip} />
      <span className="trunc">{word === undefined || word === '' ? t(`run.mark.${mark}`) : word}</span>
    </span>
  )
}
