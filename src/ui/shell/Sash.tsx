import { type KeyboardEvent, type PointerEvent, useRef } from 'react'

/**
 * A border between two regions that drags and has a keyboard. Written here because the region sizes are pixels with
 * minima of their own, and because a panel library costs more than the rest of the frame together.
 */
export function Sash(props: {
  readonly label: string
  /** `vertical`: the line stands and moves sideways. */
  readonly orientation: 'vertical' | 'horizontal'
  readonly value: number
  readonly min: number
  readonly max: number
  /** +1 when the region before the sash is the sized one, −1 when it is the one after. */
  readonly direction: 1 | -1
  readonly onChange: (pixels: number) => void
  readonly onDone: () => void
}) {
  const drag = useRef<{ readonly start: number; readonly value: number } | undefined>(undefined)
  const { orientation, value, min, max, direction, onChange, onDone } = props
  const at = (event: PointerEvent) => (orientation === 'vertical' ? event.clientX : event.clientY)
  const move = (pixels: number) => onChange(Math.round(Math.max(min, Math.min(max, pixels))))

  const onKeyDown = (event: KeyboardEvent) => {
    const target = keyTarget(event.key, orientation, { value, min, max, step: event.shiftKey ? 64 : 16, direction })
    if (target === undefined) return
    event.preventDefault()
    move(target)
    onDone()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> cannot take focus and pointer capture
    <div
      className={`sash ${orientation}`}
      role="separator"
      tabIndex={0}
      aria-label={props.label}
      aria-orientation={orientation}
      aria-valuenow={value}
      aria-valuemin={min}
      aria-valuemax={max}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        drag.current = { start: at(event), value }
      }}
      onPointerMove={(event) => {
        if (drag.current !== undefined) move(drag.current.value + (at(event) - drag.current.start) * direction)
      }}
      onPointerUp={() => {
        if (drag.current !== undefined) onDone()
        drag.current = undefined
      }}
      onPointerCancel={() => {
        drag.current = undefined
      }}
    />
  )
}

function keyTarget(
  key: string,
  orientation: 'vertical' | 'horizontal',
  at: { value: number; min: number; max: number; step: number; direction: number },
): number | undefined {
  const [back, forward] = orientation === 'vertical' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown']
  switch (key) {
    case back:
      return at.value - at.step * at.direction
    case forward:
      return at.value + at.step * at.direction
    case 'Home':
      return at.min
    case 'End':
      return at.max
    default:
      return undefined
  }
}
