import { dismissNotice, undoNotice } from '../commands/notice.ts'
import { Icon } from '../shell/icons.tsx'
import { useApp } from '../store/store.ts'
import { useText } from '../text.ts'

/** What just happened, with the way back. */
export function NoticeBar() {
  const t = useText()
  const notice = useApp(({ view }) => view.notice)
  if (notice === undefined) return null
  return (
    <div className="notice" role="status">
      <span className="trunc">{notice.text}</span>
      {notice.undo !== undefined && (
        <button type="button" className="btn sm" onClick={undoNotice}>
          {t('ui.notice.undo')}
        </button>
      )}
      <button type="button" className="btn sm icon" aria-label={t('ui.sheet.close')} onClick={dismissNotice}>
        <Icon name="close" />
      </button>
    </div>
  )
}
