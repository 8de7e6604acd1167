import { type FormEvent, useState } from 'react'
import { setText } from '../commands/files.ts'
import { pluginNameProblem, renamePluginTo } from '../commands/plugins.ts'
import { newFile, type PathProblem, pathProblem, renameFile } from '../commands/tree.ts'
import { closeOverlay } from '../commands/view.ts'
import { projectTitle, withTitle } from '../store/project.ts'
import { getApp } from '../store/store.ts'
import type { Overlay } from '../store/view.ts'
import { useText } from '../text.ts'
import { Sheet } from './Sheet.tsx'

type NamingOverlay = Extract<Overlay, { kind: 'title' | 'rename' | 'new-file' }>

/** One field, one name: the project's title, a new file, a file or plugin renamed. */
export default function Names({ overlay }: { readonly overlay: NamingOverlay }) {
  const t = useText()
  const task = namingTask(overlay)
  const [value, setValue] = useState(task.initial)
  const [tried, setTried] = useState(false)
  const problem = value === task.initial && overlay.kind !== 'new-file' ? undefined : task.problem(value)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (problem !== undefined) return
    closeOverlay()
    if (value !== task.initial) task.apply(value)
  }
  return (
    <Sheet title={t(task.title)}>
      <form className="col" onSubmit={submit}>
        <label className="field">
          <span>{t(task.label)}</span>
          <input
            className={`input${overlay.kind === 'title' ? '' : ' mono'}`}
            value={value}
            // biome-ignore lint/a11y/noAutofocus: the sheet was opened to type this
            autoFocus
            spellCheck={false}
            onChange={(event) => setValue(event.target.value)}
          />
          {problem !== undefined && (tried || problem !== 'empty') && (
            <span className="bad">{t(`ui.name.${problem}`)}</span>
          )}
        </label>
        <div className="actions">
          <button type="button" className="btn" onClick={closeOverlay}>
            {t('ui.sheet.cancel')}
          </button>
          <button type="submit" className="btn solid">
            {t('ui.sheet.ok')}
          </button>
        </div>
      </form>
    </Sheet>
  )
}

function namingTask(overlay: NamingOverlay) {
  switch (overlay.kind) {
    case 'title':
      return {
        title: 'ui.project.rename',
        label: 'ui.name.title',
        initial: projectTitle(getApp().project.files),
        problem: (value: string): PathProblem | undefined => (value.trim() === '' ? 'empty' : undefined),
        apply: (value: string) =>
          setText(
            'proxyground.yaml',
            withTitle(getApp().project.files['proxyground.yaml'] ?? 'version: 1\n', value.trim()),
          ),
      } as const
    case 'new-file':
      return {
        title: 'ui.files.newFile',
        label: 'ui.name.path',
        initial: overlay.folder,
        problem: pathProblem,
        apply: newFile,
      } as const
    case 'rename': {
      const plugin = /^plugins\/([^/]+)$/.exec(overlay.path)?.[1]
      if (plugin !== undefined)
        return {
          title: 'ui.files.rename',
          label: 'ui.name.plugin',
          initial: plugin,
          problem: pluginNameProblem,
          apply: (value: string) => void renamePluginTo(plugin, value),
        } as const
      return {
        title: 'ui.files.rename',
        label: 'ui.name.path',
        initial: overlay.path,
        problem: pathProblem,
        apply: (value: string) => renameFile(overlay.path, value),
      } as const
    }
  }
}
