import { useText } from '../text.ts'
import { visibleText } from '../timeline/display-text.ts'
import type { Exchange } from '../timeline/exchange.ts'
import { statusLine } from '../timeline/status-line.ts'
import { MessageView } from './MessagePane.tsx'

/** What the client got, and what the gateway notes about it. */
export function ResponsePane({ exchange }: { readonly exchange: Exchange }) {
  const t = useText()
  const { response, details, flags } = exchange
  return (
    <div className="pane">
      {response === undefined ? (
        <p className="pane-empty">{t(exchange.connection ? 'run.response.nothing' : 'run.response.none')}</p>
      ) : (
        <>
          <h3 className="pane-title">
            {exchange.connection ? t('run.response.received') : statusLine(response.headers, exchange.answerer)}
          </h3>
          <MessageView message={response} />
        </>
      )}
      {details !== '' && (
        <dl className="facts">
          <dt>{t('run.response.details')}</dt>
          <dd className="mono">{visibleText(details)}</dd>
          {flags !== '' && flags !== '-' && (
            <>
              <dt>{t('run.response.flags')}</dt>
              <dd className="mono">{visibleText(flags)}</dd>
            </>
          )}
        </dl>
      )}
    </div>
  )
}
