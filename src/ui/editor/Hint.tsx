import { dismissHint } from '../commands/view.ts'
import { Icon } from '../shell/icons.tsx'
import { useApp } from '../store/store.ts'
import { useText } from '../text.ts'

/**
 * First visit: one line that says an edit runs it again. It goes with the first edit or when closed. It stands below
 * the code, for what comes above it moves the lines that somebody reads.
 */
export function Hint() {
  const t = useText()
  const seen = useApp(({ view, project, run }) => view.hintSeen || project.touched || run.shown === undefined)
  // A library's source beside it has not run and cannot be changed.
  const own = useApp(({ project }) => project.active !== undefined && project.active in project.files)
  if (seen || !own) return null
  return (
    <div className="hint">
      <span className="grow">{t('ui.hint.text')}</span>
      <button type="button" className="btn sm icon" aria-label={t('ui.hint.close')} onClick={dismissHint}>
        <Icon name="close" />
      </button>
    </div>
  )
}
