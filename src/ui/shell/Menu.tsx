import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'
import { Icon } from './icons.tsx'

export type MenuItem =
  | {
      readonly kind: 'item'
      readonly label: string
      readonly keys?: string
      readonly onSelect: () => void
      readonly danger?: boolean
    }
  | { readonly kind: 'choice'; readonly label: string; readonly checked: boolean; readonly onSelect: () => void }
  | { readonly kind: 'line' }
  | { readonly kind: 'heading'; readonly label: string }

/** A button with a menu; arrows, typing and Escape work as menus do (Radix). */
export function Menu(props: {
  readonly trigger: ReactNode
  readonly items: readonly MenuItem[]
  readonly align?: 'start' | 'end'
}) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{props.trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align={props.align ?? 'start'} sideOffset={4} collisionPadding={8}>
          {props.items.map((item, index) => (
            <Entry key={item.kind === 'line' ? `line-${index}` : item.label} item={item} />
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

function Entry({ item }: { readonly item: MenuItem }) {
  switch (item.kind) {
    case 'line':
      return <DropdownMenu.Separator className="menu-line" />
    case 'heading':
      return <DropdownMenu.Label className="menu-heading">{item.label}</DropdownMenu.Label>
    case 'choice':
      return (
        <DropdownMenu.CheckboxItem className="menu-item" checked={item.checked} onSelect={item.onSelect}>
          <span className="menu-check">{item.checked && <Icon name="check" />}</span>
          {item.label}
        </DropdownMenu.CheckboxItem>
      )
    case 'item':
      return (
        <DropdownMenu.Item className={`menu-item${item.danger === true ? ' bad' : ''}`} onSelect={item.onSelect}>
          <span className="grow">{item.label}</span>
          {item.keys !== undefined && <kbd>{item.keys}</kbd>}
        </DropdownMenu.Item>
      )
  }
}
