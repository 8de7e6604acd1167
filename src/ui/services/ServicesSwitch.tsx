import { showServices, showServicesText } from '../commands/services-view.ts'
import { getApp, useApp } from '../store/store.ts'
import { useText } from '../text.ts'

/** `proxyground.yaml` as text, or its services as a form. */
export function ServicesSwitch() {
  const t = useText()
  const form = useApp(({ view }) => view.services.form)
  return (
    <fieldset className="services-switch" aria-label={t('services.views')}>
      <button type="button" className="btn sm" aria-pressed={!form} onClick={showServicesText}>
        {t('services.asText')}
      </button>
      <button
        type="button"
        className="btn sm"
        aria-pressed={form}
        onClick={() => showServices(getApp().view.services.open)}
      >
        {t('services.asForm')}
      </button>
    </fieldset>
  )
}
