import { headerValue } from '../../model/http.ts'
import type { ScenarioReport } from '../../model/report.ts'
import { showRunTab } from '../commands/view.ts'
import type { RunTab } from '../store/view.ts'
import { useText } from '../text.ts'
import type { RunModel } from './run-model.ts'

/** The sides of a run that there is something to see of. */
export function RunTabs({
  tab,
  model,
  report,
}: {
  readonly tab: RunTab
  readonly model: RunModel | undefined
  readonly report: ScenarioReport | undefined
}) {
  const t = useText()
  const status = headerValue(model?.exchange.response?.headers ?? [], ':status')
  const tests = report?.steps.length ?? 0
  const failed = new Set(report?.failures.map(({ step }) => step)).size
  const tabs: readonly { readonly id: RunTab; readonly note: React.ReactNode }[] = [
    { id: 'timeline', note: null },
    {
      id: 'response',
      note:
        model === undefined ? null : status === undefined ? (
          <span className="act-hang">{t('run.tabs.none')}</span>
        ) : (
          <span className="dim">{status}</span>
        ),
    },
    { id: 'upstream', note: model && <span className="count">{model.exchange.calls.length}</span> },
    { id: 'logs', note: report && <span className="count">{report.logs.length}</span> },
    { id: 'state', note: null },
    {
      id: 'tests',
      note: report && (
        <span className={failed > 0 ? 'bad' : 'dim'}>{t('run.tabs.of', { number: tests - failed, count: tests })}</span>
      ),
    },
  ]
  return (
    <div className="bar run-tabs" role="tablist" aria-label={t('run.tabs.label')}>
      {tabs.map(({ id, note }) => (
        <button
          key={id}
          type="button"
          className="tab"
          role="tab"
          aria-selected={tab === id}
          tabIndex={tab === id ? 0 : -1}
          onClick={() => showRunTab(id)}
          onKeyDown={(event) => {
            const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
            if (by === 0) return
            event.preventDefault()
            const next = tabs[(tabs.findIndex((other) => other.id === id) + by + tabs.length) % tabs.length]
            if (next === undefined) return
            showRunTab(next.id)
            const sibling = by > 0 ? event.currentTarget.nextElementSibling : event.currentTarget.previousElementSibling
            if (sibling instanceof HTMLElement) sibling.focus()
          }}
        >
          {t(`run.tabs.${id}`)} {note}
        </button>
      ))}
    </div>
  )
}
