import { useMemo, useState } from 'react'
import { makeLink } from '../../model/share/link.ts'
import { type FoundSecret, findSecrets } from '../../model/share/secrets.ts'
import { exportZip } from '../commands/export.ts'
import { openFile } from '../commands/files.ts'
import { revealLine } from '../commands/reveal.ts'
import { closeOverlay } from '../commands/view.ts'
import { useApp } from '../store/store.ts'
import { useText } from '../text.ts'
import { Sheet } from './Sheet.tsx'

/** The project as a link: what is in it, what should perhaps not be, and how long it is. */
export default function Share() {
  const t = useText()
  const files = useApp(({ project }) => project.files)
  const modules = useApp(({ project }) => Object.keys(project.binaries).length)
  const made = useMemo(() => makeLink(files), [files])
  const secrets = useMemo(() => findSecrets(files), [files])
  return (
    <Sheet title={t('ui.share.title')}>
      <p>{t('ui.share.text')}</p>
      {secrets.length > 0 && <Secrets secrets={secrets} />}
      {modules > 0 && <p className="note warn">{t('ui.share.modules', { count: modules })}</p>}
      {made.ok ? (
        <>
          <LinkField link={`${location.origin}${location.pathname}${made.value.hash}`} />
          <p className={made.value.advice === 'fine' ? 'dim' : 'note warn'}>
            {t(`ui.share.${made.value.advice}`, { length: made.value.length.toLocaleString('en') })}
          </p>
        </>
      ) : (
        <p className="note warn">{t('ui.share.tooLarge', { size: Math.ceil(made.error.packedBytes / 1000) })}</p>
      )}
      {(!made.ok || made.value.advice !== 'fine' || modules > 0) && (
        <div className="actions">
          <button type="button" className="btn line" onClick={() => void exportZip()}>
            {t('ui.export.zip')}
          </button>
        </div>
      )}
    </Sheet>
  )
}

function LinkField({ link }: { readonly link: string }) {
  const t = useText()
  const [copied, setCopied] = useState(false)
  return (
    <div className="share-row">
      <input
        className="input mono"
        readOnly
        aria-label={t('ui.share.link')}
        value={link}
        onFocus={(event) => event.target.select()}
      />
      <button type="button" className="btn solid" onClick={() => void copyText(link).then(setCopied)}>
        {copied ? t('ui.share.copied') : t('ui.share.copy')}
      </button>
      <span className="visually-hidden" role="status">
        {copied ? t('ui.share.copied') : ''}
      </span>
    </div>
  )
}

function Secrets({ secrets }: { readonly secrets: readonly FoundSecret[] }) {
  const t = useText()
  const go = ({ file, line, column }: FoundSecret) => {
    closeOverlay()
    openFile(file)
    revealLine(file, line, column)
  }
  return (
    <div className="note warn">
      {t('ui.share.secrets', { count: secrets.length })}
      <ul>
        {secrets.slice(0, 6).map((secret) => (
          <li key={`${secret.file}:${secret.line}`}>
            <button type="button" className="text-link" onClick={() => go(secret)}>
              {secret.name}, {secret.file}:{secret.line}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** The clipboard is only there on secure pages and with leave; the field can always be selected by hand. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
