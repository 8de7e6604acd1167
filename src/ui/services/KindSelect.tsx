import { useText } from '../text.ts'
import { isServiceKind, type ServiceKind, serviceKinds } from './service-fields.ts'

/** What a service is. `kind` is as written: a word that is no kind stays shown until another is chosen. */
export function KindSelect(props: { readonly kind: string; readonly onChange: (kind: ServiceKind) => void }) {
  const { kind, onChange } = props
  const t = useText()
  return (
    <label className="service-field">
      <span>{t('services.kind')}</span>
      <select value={kind} onChange={(event) => isServiceKind(event.target.value) && onChange(event.target.value)}>
        {!isServiceKind(kind) && <option value={kind}>{t('services.kind.unknown')}</option>}
        {serviceKinds.map((id) => (
          <option key={id} value={id}>
            {`${id}: ${t(`services.kind.${id}`)}`}
          </option>
        ))}
      </select>
    </label>
  )
}
