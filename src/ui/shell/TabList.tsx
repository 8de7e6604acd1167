import { type KeyboardEvent, type ReactNode, useRef } from 'react'

type TabOf<Id extends string> = { readonly id: Id; readonly label: string; readonly extra?: ReactNode }

/** A row of tabs: one tab stop, arrows move and select. */
export function TabList<Id extends string>(props: {
  readonly label: string
  readonly tabs: readonly TabOf<Id>[]
  readonly selected: Id | undefined
  readonly onSelect: (id: Id) => void
}) {
  const { tabs, selected } = props
  const list = useRef<HTMLDivElement>(null)
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    const at = tabs.findIndex(({ id }) => id === selected)
    const next = (at + step + tabs.length) % tabs.length
    const tab = tabs[next]
    if (step === 0 || tab === undefined) return
    event.preventDefault()
    props.onSelect(tab.id)
    list.current?.querySelectorAll<HTMLButtonElement>('[role=tab]')[next]?.focus()
  }
  return (
    <div ref={list} role="tablist" className="tablist" aria-label={props.label} onKeyDown={onKeyDown}>
      {tabs.map(({ id, label, extra }, index) => (
        <button
          key={id}
          type="button"
          role="tab"
          className="tab"
          aria-selected={id === selected}
          tabIndex={id === selected || (selected === undefined && index === 0) ? 0 : -1}
          onClick={() => props.onSelect(id)}
        >
          {label}
          {extra}
        </button>
      ))}
    </div>
  )
}
