import './services.css'
import { useMemo, useState } from 'react'
import { showServices, showServicesText } from '../commands/services-view.ts'
import { Icon } from '../shell/icons.tsx'
import { setView, useApp } from '../store/store.ts'
import { useText } from '../text.ts'
import { visibleText } from '../timeline/display-text.ts'
import { NewService } from './NewService.tsx'
import { ServiceForm } from './ServiceForm.tsx'
import { isServiceKind } from './service-fields.ts'
import { readServices, type Service } from './service-text.ts'

/** `proxyground.yaml` as a form of its services, one of them open. Every edit is one of the text, and runs as such. */
export default function ServicesForm() {
  const t = useText()
  const yaml = useApp(({ project }) => project.files['proxyground.yaml'] ?? '')
  const open = useApp(({ view }) => view.services.open)
  const services = useMemo(() => readServices(yaml), [yaml])
  const [adding, setAdding] = useState(false)
  if (services === undefined)
    return (
      <div className="services">
        <p className="mid">{t('services.unreadable')}</p>
        <button type="button" className="btn line" onClick={showServicesText}>
          {t('services.showText')}
        </button>
      </div>
    )
  return (
    <section className="services" aria-label={t('services.title')}>
      {services.map((service) => (
        <Entry key={service.name} service={service} services={services} open={service.name === open} />
      ))}
      {adding ? (
        <NewService services={services} onDone={() => setAdding(false)} />
      ) : (
        <button type="button" className="btn sm" onClick={() => setAdding(true)}>
          <Icon name="plus" />
          {t('services.add')}
        </button>
      )}
    </section>
  )
}

function Entry(props: { readonly service: Service; readonly services: readonly Service[]; readonly open: boolean }) {
  const { service, services, open } = props
  const t = useText()
  const { name, kind, written } = service
  const faults = Array.isArray(written.faults) ? written.faults.length : 0
  return (
    <div className={`service${open ? ' open' : ''}`}>
      <h3>
        <button
          type="button"
          aria-expanded={open}
          onClick={() => (open ? setView({ services: { form: true, open: undefined } }) : showServices(name))}
        >
          <Icon name={open ? 'down' : 'right'} size={13} />
          <span className="mono trunc">{visibleText(name)}</span>
          <span className="dim trunc">
            {t(isServiceKind(kind) ? `services.kind.${kind}` : 'services.kind.unknown')}
          </span>
          {faults > 0 && <span className="fault-count">{t('services.faults.count', { count: faults })}</span>}
        </button>
      </h3>
      {open && <ServiceForm service={service} services={services} />}
    </div>
  )
}
