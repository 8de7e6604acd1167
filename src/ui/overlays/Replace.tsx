import type { ProjectFiles } from '../../sandbox/entry/api.ts'
import { replaceProject } from '../commands/links.ts'
import { closeOverlay } from '../commands/view.ts'
import { projectTitle } from '../store/project.ts'
import { useApp } from '../store/store.ts'
import { useText } from '../text.ts'
import { Sheet } from './Sheet.tsx'

/** Another project wants the place of one that was worked on. */
export default function Replace({ files }: { readonly files: ProjectFiles }) {
  const t = useText()
  const saved = useApp(({ project }) => project.saved)
  const title = projectTitle(files) || t('ui.project.untitled')
  return (
    <Sheet title={t('ui.replace.title', { title })} mustChoose>
      <p>{t(saved === 'saved' ? 'ui.replace.kept' : 'ui.replace.lost')}</p>
      <div className="actions">
        <button type="button" className="btn line" onClick={closeOverlay}>
          {t('ui.link.stay')}
        </button>
        <button
          type="button"
          className="btn solid"
          onClick={() => {
            closeOverlay()
            replaceProject(files)
          }}
        >
          {t('ui.replace.open')}
        </button>
      </div>
    </Sheet>
  )
}
