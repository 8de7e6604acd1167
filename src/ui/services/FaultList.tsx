import { faultsOf } from '../../model/project/fault-schema.ts'
import { breakInScenario, setServiceField } from '../commands/services.ts'
import { Icon } from '../shell/icons.tsx'
import { currentScenario } from '../store/selectors.ts'
import { useApp } from '../store/store.ts'
import { useText } from '../text.ts'
import { visibleText } from '../timeline/display-text.ts'
import { shownText, writtenNumber, writtenText } from './field-values.ts'
import {
  type FaultField,
  type FaultKind,
  faultFields,
  faultKinds,
  isFaultKind,
  startOfFault,
} from './service-fields.ts'
import type { Service } from './service-text.ts'

/** What is wrong with a service from the start of every run, and the way to break it in the middle of one. */
export function FaultList({ service: { name, kind, written } }: { readonly service: Service }) {
  const t = useText()
  const scenario = useApp(currentScenario)
  const known = faultsOf(kind)
  const possible = faultKinds.filter((fault) => known.includes(fault))
  const first = possible[0]
  const faults = Array.isArray(written.faults) ? written.faults.map(fieldsOfFault) : []
  const place = (index: number) => ['faults', index] as const
  return (
    <fieldset className="service-rows">
      <legend>{t('services.faults')}</legend>
      {faults.length === 0 && <p className="mid">{t('services.faults.none')}</p>}
      {faults.map((fault, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: faults are told apart by their place only
        <div className="fault" key={index}>
          <div className="row">
            <select
              aria-label={t('services.fault.kind', { number: index + 1 })}
              value={isFaultKind(fault.kind) ? fault.kind : ''}
              onChange={(event) => {
                const wanted = possible.find((id) => id === event.target.value)
                if (wanted !== undefined) setServiceField(name, place(index), startOfFault(wanted))
              }}
            >
              {!possible.some((id) => id === fault.kind) && <option value="">{shownText(fault.kind) ?? ''}</option>}
              {possible.map((id) => (
                <option key={id} value={id}>
                  {`${id}: ${t(`services.fault.${id}`)}`}
                </option>
              ))}
            </select>
            <button
              type="button"
              className="btn sm icon"
              aria-label={t('services.fault.remove', { number: index + 1 })}
              onClick={() => setServiceField(name, place(index), undefined)}
            >
              <Icon name="close" />
            </button>
          </div>
          {isFaultKind(fault.kind) && (
            <FaultFields
              kind={fault.kind}
              fault={fault}
              onChange={(field, value) => setServiceField(name, [...place(index), field], value)}
            />
          )}
        </div>
      ))}
      {first !== undefined && (
        <div className="row">
          <button
            type="button"
            className="btn sm"
            onClick={() => setServiceField(name, place(faults.length), startOfFault(first))}
          >
            <Icon name="plus" />
            {t('services.faults.add')}
          </button>
          {scenario !== undefined && (
            <button type="button" className="btn sm" onClick={() => breakInScenario(name, 'reset')}>
              {t('services.faults.step', { scenario: visibleText(scenario.replace(/^scenarios\//, '')) })}
            </button>
          )}
        </div>
      )}
    </fieldset>
  )
}

const usual: Readonly<Record<FaultField, string>> = {
  at: 'headers',
  afterBytes: '0',
  status: '503',
  bytes: '1',
  latency: '0ms',
  jitter: '0ms',
  times: '',
}
const times = ['connect', 'headers', 'body'] as const

function FaultFields(props: {
  readonly kind: FaultKind
  readonly fault: Readonly<Record<string, unknown>>
  readonly onChange: (field: FaultField, value: unknown) => void
}) {
  const { kind, fault, onChange } = props
  const t = useText()
  return (
    <div className="fault-fields">
      {faultFields[kind].map((field) => {
        const text = shownText(fault[field]) ?? ''
        const label = <span>{t(`services.faultField.${field}`)}</span>
        if (field === 'at')
          return (
            <label key={field}>
              {label}
              <select
                value={text === '' ? usual.at : text}
                onChange={(event) => onChange('at', writtenText(event.target.value))}
              >
                {times.map((id) => (
                  <option key={id} value={id}>
                    {t(`services.faultAt.${id}`)}
                  </option>
                ))}
              </select>
            </label>
          )
        const time = field === 'latency' || field === 'jitter'
        return (
          <label key={field}>
            {label}
            <input
              className="mono short"
              inputMode={time ? 'text' : 'numeric'}
              value={text}
              placeholder={field === 'times' ? t('services.faultField.times.all') : usual[field]}
              spellCheck={false}
              onChange={({ target: { value } }) => onChange(field, time ? writtenText(value) : writtenNumber(value))}
            />
          </label>
        )
      })}
    </div>
  )
}

const fieldsOfFault = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {}
