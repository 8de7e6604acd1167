import { type FormEvent, useState } from 'react'
import { createService } from '../commands/services.ts'
import { showServices } from '../commands/services-view.ts'
import { useText } from '../text.ts'
import { ClusterName } from './ClusterName.tsx'
import { KindSelect } from './KindSelect.tsx'
import type { ServiceKind } from './service-fields.ts'
import type { Service } from './service-text.ts'

/** A name and a kind; what it answers is edited afterwards. */
export function NewService(props: { readonly services: readonly Service[]; readonly onDone: () => void }) {
  const t = useText()
  const [name, setName] = useState('')
  const [kind, setKind] = useState<ServiceKind>('fixed')
  const [tried, setTried] = useState(false)
  const taken = props.services.some((other) => other.name === name && other.lines !== undefined)
  const problem = name.trim() === '' ? 'empty' : taken ? 'taken' : undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (problem !== undefined) return
    createService(name.trim(), kind)
    showServices(name.trim())
    props.onDone()
  }
  return (
    <form className="service-form" onSubmit={submit}>
      <label className="service-field">
        <span>{t('services.add.name')}</span>
        <input
          className="mono"
          value={name}
          placeholder="outbound|80||auth.dns"
          // biome-ignore lint/a11y/noAutofocus: the form was opened to type this
          autoFocus
          spellCheck={false}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      {problem !== undefined && (tried || problem === 'taken') && (
        <p className="bad">{t(`services.name.${problem}`)}</p>
      )}
      <ClusterName name={name.trim()} onUse={setName} />
      <KindSelect kind={kind} onChange={setKind} />
      <div className="row">
        <button type="submit" className="btn solid sm">
          {t('services.add.do')}
        </button>
        <button type="button" className="btn sm" onClick={props.onDone}>
          {t('ui.sheet.cancel')}
        </button>
      </div>
    </form>
  )
}
