import { useText } from '../text.ts'
import { visibleText } from '../timeline/display-text.ts'
import type { Exchange } from '../timeline/exchange.ts'
import { statusLine } from '../timeline/status-line.ts'
import { MessageView } from './MessagePane.tsx'

/** What each service behind the gateway received, callouts too, and what it answered. */
export function UpstreamPane({ exchange }: { readonly exchange: Exchange }) {
  const t = useText()
  if (exchange.calls.length === 0) return <p className="pane-empty">{t('run.upstream.none')}</p>
  return (
    <div className="pane">
      {exchange.calls.map((call) => (
        <section key={call.request.seq} className="upstream">
          <h3 className="pane-title">
            {visibleText(call.cluster)}
            <span className="dim">{t(call.kind === 'route' ? 'run.upstream.route' : 'run.upstream.callout')}</span>
          </h3>
          <div className="pair">
            <div>
              <h4 className="side">{t('run.upstream.received')}</h4>
              <MessageView message={call.request} />
            </div>
            <div>
              <h4 className="side">
                {call.reply === undefined ? t('run.upstream.noReply') : statusLine(call.reply.headers)}
              </h4>
              {call.failed !== '' && <p className="bad">{visibleText(call.failed)}</p>}
              {call.reply !== undefined && <MessageView message={call.reply} />}
            </div>
          </div>
        </section>
      ))}
    </div>
  )
}
