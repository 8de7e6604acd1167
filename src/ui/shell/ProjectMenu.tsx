import { useEffect, useState } from 'react'
import { newProject, openSaved } from '../commands/projects.ts'
import { openOverlay } from '../commands/view.ts'
import { listProjects, type SavedProject } from '../persist/database.ts'
import { useApp } from '../store/store.ts'
import { useText } from '../text.ts'
import { Icon } from './icons.tsx'
import { Menu, type MenuItem } from './Menu.tsx'
import { shownTitle } from './shown-title.ts'

/** The project's name; its menu renames it, starts another and goes back to earlier ones. */
export function ProjectMenu() {
  const t = useText()
  const language = useApp(({ view }) => view.language)
  const title = useApp(({ project }) => shownTitle(project.files, language))
  const recent = useRecent()
  const items: MenuItem[] = [
    { kind: 'item', label: t('ui.project.rename'), onSelect: () => openOverlay({ kind: 'title' }) },
    { kind: 'item', label: t('ui.project.new'), onSelect: () => void newProject() },
    {
      kind: 'item',
      label: t('ui.project.import'),
      onSelect: () => openOverlay({ kind: 'import', text: '', name: '' }),
    },
  ]
  if (recent.length > 0) {
    items.push({ kind: 'line' }, { kind: 'heading', label: t('ui.project.recent') })
    for (const saved of recent.slice(0, 8)) {
      const label = shownTitle(saved.files, language) || t('ui.project.untitled')
      items.push({ kind: 'item', label: `${label}  ${when(saved.savedAt)}`, onSelect: () => void openSaved(saved.id) })
    }
  }
  return (
    <Menu
      items={items}
      trigger={
        <button type="button" className="btn project-title">
          <span className="trunc">{title || t('ui.project.untitled')}</span>
          <Icon name="down" />
        </button>
      }
    />
  )
}

/** Other projects kept in this browser, newest first; asked again whenever this one was saved. */
function useRecent(): readonly SavedProject[] {
  const id = useApp(({ project }) => project.id)
  const saved = useApp(({ project }) => project.saved)
  const [recent, setRecent] = useState<readonly SavedProject[]>([])
  useEffect(() => {
    let gone = false
    if (saved !== 'saved') return
    void listProjects()
      .then((all) => {
        if (!gone) setRecent(all.filter((other) => other.id !== id))
      })
      .catch(() => undefined)
    return () => {
      gone = true
    }
  }, [id, saved])
  return recent
}

const when = (time: number): string => new Date(time).toLocaleString([], { dateStyle: 'short', timeStyle: 'short' })
