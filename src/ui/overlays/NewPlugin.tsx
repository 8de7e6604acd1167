import { type FormEvent, useState } from 'react'
import type { GoSdk } from '../../compile-worker/api.ts'
import { newPlugin, pluginNameProblem } from '../commands/plugins.ts'
import { closeOverlay } from '../commands/view.ts'
import { useText } from '../text.ts'
import { Sheet } from './Sheet.tsx'

const languages = ['go', 'assemblyscript', 'wat'] as const
const sdks = ['higress', 'proxy-wasm', 'tinygo'] as const

/** A new plugin: a name and a language that compiles here. */
export default function NewPlugin({ first }: { readonly first: (typeof languages)[number] }) {
  const t = useText()
  const [name, setName] = useState('')
  const [language, setLanguage] = useState(first)
  const [sdk, setSdk] = useState<GoSdk>('higress')
  const [tried, setTried] = useState(false)
  const problem = pluginNameProblem(name)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (problem !== undefined) return
    closeOverlay()
    void newPlugin(name, language === 'go' ? { language, sdk } : { language })
  }
  return (
    <Sheet title={t('ui.files.newPlugin')}>
      <form className="col" onSubmit={submit}>
        <label className="field">
          <span>{t('ui.name.plugin')}</span>
          <input
            className="input mono"
            value={name}
            // biome-ignore lint/a11y/noAutofocus: the sheet was opened to type this
            autoFocus
            spellCheck={false}
            onChange={(event) => setName(event.target.value)}
          />
          {problem !== undefined && (tried || problem !== 'empty') && (
            <span className="bad">{t(`ui.name.${problem}`)}</span>
          )}
        </label>
        <div className="langs">
          {languages.map((id) => (
            <button key={id} type="button" aria-pressed={id === language} onClick={() => setLanguage(id)}>
              <span>
                <b>{t(`ui.language.${id}`)}</b>
                <small>{t(`ui.start.${id}`)}</small>
              </span>
            </button>
          ))}
        </div>
        {language === 'go' && (
          <fieldset className="choices">
            <legend>{t('ui.sdk.label')}</legend>
            {sdks.map((id) => (
              <label key={id}>
                <input type="radio" name="sdk" checked={sdk === id} onChange={() => setSdk(id)} />
                {t(`ui.sdk.${id}`)}
              </label>
            ))}
            {sdk === 'tinygo' && <p className="mid">{t('ui.sdk.tinygoNote')}</p>}
          </fieldset>
        )}
        <p>{t('ui.newPlugin.other')}</p>
        <div className="actions">
          <button type="button" className="btn" onClick={closeOverlay}>
            {t('ui.sheet.cancel')}
          </button>
          <button type="submit" className="btn solid">
            {t('ui.newPlugin.create')}
          </button>
        </div>
      </form>
    </Sheet>
  )
}
