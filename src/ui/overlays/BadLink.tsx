import type { LinkFailure } from '../../model/share/link.ts'
import { closeOverlay, openOverlay } from '../commands/view.ts'
import { type Text, useText } from '../text.ts'
import { Sheet } from './Sheet.tsx'

/** A link that cannot be opened: what is known, and where to go from here. The work behind is untouched. */
export default function BadLink({ failure }: { readonly failure: LinkFailure }) {
  const t = useText()
  return (
    <Sheet title={t('ui.link.title')}>
      <p>{failureText(t, failure)}</p>
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

function failureText(t: Text, failure: LinkFailure): string {
  switch (failure.code) {
    case 'unknown-version':
      return t('ui.link.unknown-version', { version: failure.version })
    case 'packed-too-large':
    case 'unpacked-too-large':
    case 'too-many-files':
      return t(`ui.link.${failure.code}`, { limit: failure.limit })
    case 'bad-path':
      return t('ui.link.bad-path', { path: JSON.stringify(failure.path.slice(0, 100)) })
    default:
      return t(`ui.link.${failure.code}`)
  }
}
