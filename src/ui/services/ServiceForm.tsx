import { useState } from 'react'
import { revealLine } from '../commands/reveal.ts'
import { changeKind, deleteService, renameServiceTo, setServiceField } from '../commands/services.ts'
import { showServicesText } from '../commands/services-view.ts'
import { Icon } from '../shell/icons.tsx'
import { problems } from '../store/problems.ts'
import { useApp } from '../store/store.ts'
import { useProblemText, useText } from '../text.ts'
import { ClusterName } from './ClusterName.tsx'
import { FaultList } from './FaultList.tsx'
import { FieldRow } from './FieldRow.tsx'
import { KindSelect } from './KindSelect.tsx'
import { fieldsOf, isServiceKind } from './service-fields.ts'
import type { Service } from './service-text.ts'

/** One service: its name in parts, what it is, how it answers, and what is wrong with it. */
export function ServiceForm({
  service,
  services,
}: {
  readonly service: Service
  readonly services: readonly Service[]
}) {
  const t = useText()
  const { name, kind, written, lines } = service
  return (
    <div className="service-form">
      {lines === undefined ? (
        <p className="mid">{t('services.implied')}</p>
      ) : (
        <NameField key={name} name={name} services={services} />
      )}
      <KindSelect kind={kind} onChange={(chosen) => changeKind(service, chosen)} />
      {isServiceKind(kind) &&
        fieldsOf(kind).map((field) => (
          <FieldRow
            key={`${kind} ${field.key}`}
            field={field}
            value={written[field.key]}
            onChange={(value) => setServiceField(name, [field.key], value)}
          />
        ))}
      <InText service={service} />
      <FaultList service={service} />
      <Problems service={service} />
      {lines !== undefined && (
        <button type="button" className="btn sm remove" onClick={() => deleteService(name)}>
          <Icon name="close" />
          {t('services.remove')}
        </button>
      )}
    </div>
  )
}

/** Takes effect when it is left or confirmed: half a name would break every route to it. */
function NameField({ name, services }: { readonly name: string; readonly services: readonly Service[] }) {
  const t = useText()
  const [typed, setTyped] = useState(name)
  const taken = services.some((other) => other.name === typed && other.name !== name)
  const problem = typed.trim() === '' ? 'empty' : taken ? 'taken' : undefined
  const commit = (wanted: string) => {
    if (problem === undefined && wanted.trim() !== name) renameServiceTo(name, wanted.trim())
  }
  return (
    <>
      <label className="service-field">
        <span>{t('services.name')}</span>
        <input
          className="mono"
          value={typed}
          spellCheck={false}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={() => commit(typed)}
          onKeyDown={(event) => event.key === 'Enter' && commit(typed)}
        />
      </label>
      {problem !== undefined && <p className="bad">{t(`services.name.${problem}`)}</p>}
      <ClusterName name={typed.trim()} onUse={commit} />
    </>
  )
}

/** What no form shows well stays in the YAML; the way there is one press. */
function InText({ service: { kind, written, lines } }: { readonly service: Service }) {
  const t = useText()
  const words =
    kind === 'rules'
      ? t('services.rules', { count: Array.isArray(written.rules) ? written.rules.length : 0 })
      : kind === 'grpc'
        ? t('services.methods', { count: Object.keys(Object(written.replies ?? {})).length })
        : undefined
  if (words === undefined || lines === undefined) return null
  return (
    <p className="row mid">
      {words}
      <button type="button" className="btn line sm" onClick={() => goToText(lines.from)}>
        {t('services.goToLine', { line: lines.from })}
      </button>
    </p>
  )
}

/** What the loader finds on the lines of this service. */
function Problems({ service: { lines } }: { readonly service: Service }) {
  const t = useText()
  const say = useProblemText()
  const all = useApp(problems)
  if (lines === undefined) return null
  const own = all.filter(({ file, line }) => file === 'proxyground.yaml' && line >= lines.from && line <= lines.to)
  return own.map((problem) => (
    <p className="note warn" key={`${problem.line}:${problem.column}:${problem.message}`}>
      {say(problem)}
      <button type="button" className="btn line sm" onClick={() => goToText(problem.line)}>
        {t('services.goToLine', { line: problem.line })}
      </button>
    </p>
  ))
}

function goToText(line: number): void {
  showServicesText()
  revealLine('proxyground.yaml', line)
}
