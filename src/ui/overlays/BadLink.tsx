import type { LinkFailure } from '../../model/share/link.ts'
import { linkFailureText } from '../../text/link-words.ts'
import { closeOverlay, openOverlay } from '../commands/view.ts'
import { useText } from '../text.ts'
import { Sheet } from './Sheet.tsx'

/** A link that cannot be opened: what is known, and where to go from here. The work behind is untouched. */
export default function BadLink({ failure }: { readonly failure: LinkFailure }) {
  const t = useText()
  return (
    <Sheet title={t('ui.link.title')}>
      <p>{linkFailureText(t, failure)}</p>
      <p>{t('ui.link.untouched')}</p>
      <div className="actions">
        <button type="button" className="btn line" onClick={() => openOverlay({ kind: 'examples' })}>
          {t('ui.top.examples')}
        </button>
        <button type="button" className="btn solid" onClick={closeOverlay}>
          {t('ui.link.stay')}
        </button>
      </div>
    </Sheet>
  )
}
