import { headerValue } from '../../model/http.ts'
import type { ScenarioReport } from '../../model/report.ts'
import { showRunTab } from '../commands/view.ts'
import type { RunTab } from '../store/view.ts'
import { useText } from '../text.ts'
import { sizeText } from '../timeline/display-text.ts'
import type { Exchange } from '../timeline/exchange.ts'
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
  const connection = model?.exchange.connection ?? false
  const tests = report?.steps.length ?? 0
  const failed = new Set(report?.failures.map(({ step }) => step)).size
  const tabs: readonly { readonly id: RunTab; readonly note: React.ReactNode }[] = [
    { id: 'timeline', note: null },
    {
      id: 'response',
      note: model?.scope.stream !== undefined && <ResponseNote exchange={model.exchange} />,
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
          {t(id === 'response' && connection ? 'run.tabs.received' : `run.tabs.${id}`)} {note}
        </button>
      ))}
    </div>
  )
}

/** The status the client saw; of a connection, how much it got. */
function ResponseNote({ exchange }: { readonly exchange: Exchange }) {
  const t = useText()
  const { connection, response } = exchange
  if (connection) return <span className="dim">{sizeText(response?.body.length ?? 0)}</span>
  const status = headerValue(response?.headers ?? [], ':status')
  return status === undefined ? (
    <span className="act-hang">{t('run.tabs.none')}</span>
  ) : (
    <span className="dim">{status}</span>
  )
}
