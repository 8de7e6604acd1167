import { continueAsCopy, continueHere } from '../persist/session.ts'
import { useText } from '../text.ts'
import { Sheet } from './Sheet.tsx'

/** Two tabs have one project: one of them writes, never both. */
export default function SecondTab() {
  const t = useText()
  return (
    <Sheet title={t('ui.secondTab.title')} mustChoose>
      <p>{t('ui.secondTab.text')}</p>
      <div className="actions">
        <button type="button" className="btn line" onClick={() => void continueAsCopy()}>
          {t('ui.secondTab.copy')}
        </button>
        <button type="button" className="btn solid" onClick={() => void continueHere()}>
          {t('ui.secondTab.here')}
        </button>
      </div>
    </Sheet>
  )
}
