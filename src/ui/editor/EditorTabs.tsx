import { type KeyboardEvent, useRef } from 'react'
import { closeTab, openFile } from '../commands/files.ts'
import { Icon } from '../shell/icons.tsx'
import { useApp } from '../store/store.ts'
import { useText } from '../text.ts'

/** Open files. One tab stop, arrows between them, Delete closes; middle click closes. */
export function EditorTabs() {
  const t = useText()
  const tabs = useApp(({ project }) => project.tabs)
  const active = useApp(({ project }) => project.active)
  const list = useRef<HTMLDivElement>(null)
  const onKeyDown = (event: KeyboardEvent) => {
    const at = active === undefined ? -1 : tabs.indexOf(active)
    if (event.key === 'Delete' && active !== undefined) return closeTab(active)
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    const next = tabs[(at + step + tabs.length) % tabs.length]
    if (step === 0 || next === undefined) return
    event.preventDefault()
    openFile(next)
    list.current?.querySelectorAll<HTMLButtonElement>('[role=tab]')[tabs.indexOf(next)]?.focus()
  }
  return (
    <div ref={list} className="bar editor-tabs" role="tablist" aria-label={t('ui.editor.tabs')} onKeyDown={onKeyDown}>
      {tabs.map((path) => (
        <span key={path} className="editor-tab" role="presentation">
          <button
            type="button"
            className="tab"
            role="tab"
            title={path}
            aria-selected={path === active}
            tabIndex={path === active ? 0 : -1}
            onClick={() => openFile(path)}
            onAuxClick={(event) => event.button === 1 && closeTab(path)}
          >
            {tabLabel(path, tabs)}
          </button>
          <button
            type="button"
            className="tab-close"
            tabIndex={-1}
            aria-label={t('ui.editor.close', { name: path })}
            onClick={() => closeTab(path)}
          >
            <Icon name="close" size={12} />
          </button>
        </span>
      ))}
    </div>
  )
}

/** The file name; with its folder when another open file has the same name. */
function tabLabel(path: string, tabs: readonly string[]): string {
  const name = path.split('/').at(-1) ?? path
  const twin = tabs.some((other) => other !== path && other.split('/').at(-1) === name)
  return twin ? path.split('/').slice(-2).join('/') : name
}
