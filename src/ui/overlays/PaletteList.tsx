import { Command } from 'cmdk'
import { useEffect, useLayoutEffect, useRef } from 'react'
import { openFile } from '../commands/files.ts'
import { commands } from '../commands/registry.ts'
import { runScenario } from '../commands/run.ts'
import { closeOverlay, selectScenario } from '../commands/view.ts'
import { keyText } from '../shell/keys.ts'
import { scenarioPaths } from '../store/project.ts'
import { useApp } from '../store/store.ts'
import { useText } from '../text.ts'

const groups = ['run', 'go', 'project', 'view'] as const

type Props = {
  readonly search: string
  readonly onSearch: (search: string) => void
  /** Enter was pressed before the list was there. */
  readonly entered: boolean
}

/** Every command with its shortcut, every file and every scenario, found by typing. Takes over what was typed before. */
export default function PaletteList({ search, onSearch, entered }: Props) {
  const t = useText()
  const files = useApp(({ project }) => project.files)
  const input = useRef<HTMLInputElement>(null)
  // Before the next key can come: it would go nowhere.
  useLayoutEffect(() => {
    const element = input.current
    element?.focus()
    element?.setSelectionRange(element.value.length, element.value.length)
  }, [])
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!entered) return
    // The list sorts and selects after it has been drawn.
    const frame = requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>('[data-selected="true"]')?.click(),
    )
    return () => cancelAnimationFrame(frame)
  }, [entered])
  const choose = (act: () => void) => () => {
    closeOverlay()
    act()
  }
  return (
    <Command label={t('ui.top.commands')} loop>
      <Command.Input
        ref={input}
        value={search}
        onValueChange={onSearch}
        placeholder={t('ui.top.search')}
        className="palette-input"
      />
      <Command.List ref={list} className="palette-list">
        <Command.Empty className="pane-empty">{t('ui.palette.nothing')}</Command.Empty>
        {groups.map((group) => (
          <Command.Group key={group} heading={t(`ui.palette.${group}`)}>
            {commands
              .filter((command) => command.group === group && command.when?.() !== false)
              .map((command) => (
                <Command.Item
                  key={command.id}
                  value={`${t(command.title)} ${command.id}`}
                  onSelect={choose(command.run)}
                >
                  <span className="grow">{t(command.title)}</span>
                  {command.keys?.map((keys) => (
                    <kbd key={keys}>{keyText(keys)}</kbd>
                  ))}
                </Command.Item>
              ))}
          </Command.Group>
        ))}
        <Command.Group heading={t('ui.palette.scenarios')}>
          {scenarioPaths(files).map((path) => (
            <Command.Item
              key={path}
              value={`${t('ui.command.runScenario', { name: path })}`}
              onSelect={choose(() => {
                selectScenario(path)
                void runScenario({ file: path })
              })}
            >
              <span className="grow">{t('ui.command.runScenario', { name: path.slice('scenarios/'.length) })}</span>
            </Command.Item>
          ))}
        </Command.Group>
        <Command.Group heading={t('ui.top.files')}>
          {Object.keys(files).map((path) => (
            <Command.Item key={path} value={path} onSelect={choose(() => openFile(path))}>
              <span className="grow mono">{path}</span>
            </Command.Item>
          ))}
        </Command.Group>
      </Command.List>
    </Command>
  )
}
