import './palette.css'
import { Command } from 'cmdk'
import { useEffect, useRef } from 'react'
import { openFile } from '../commands/files.ts'
import { commands } from '../commands/registry.ts'
import { runScenario } from '../commands/run.ts'
import { closeOverlay, selectScenario } from '../commands/view.ts'
import { keyText } from '../shell/keys.ts'
import { scenarioPaths } from '../store/project.ts'
import { useApp } from '../store/store.ts'
import { useText } from '../text.ts'

const groups = ['run', 'go', 'project', 'view'] as const

/** Every command with its shortcut, every file and every scenario, found by typing. */
export default function Palette() {
  const t = useText()
  const files = useApp(({ project }) => project.files)
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    if (element !== null && !element.open) element.showModal()
    // showModal gives the focus to the list's own frame, which takes no text.
    element?.querySelector('input')?.focus()
    return () => element?.close()
  }, [])
  const choose = (act: () => void) => () => {
    closeOverlay()
    act()
  }
  return (
    <dialog
      ref={dialog}
      className="palette"
      aria-label={t('ui.top.commands')}
      onCancel={(event) => {
        event.preventDefault()
        closeOverlay()
      }}
      onPointerDown={(event) => event.target === dialog.current && closeOverlay()}
    >
      <Command label={t('ui.top.commands')} loop>
        <Command.Input autoFocus placeholder={t('ui.top.search')} className="palette-input" />
        <Command.List className="palette-list">
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
    </dialog>
  )
}
