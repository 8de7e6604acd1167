import type { ReactNode } from 'react'
import { useText } from '../text.ts'
import { Data } from '../timeline/Data.tsx'
import { visibleText } from '../timeline/display-text.ts'
import type { Exchange, SeenCommand, SeenRequest } from '../timeline/exchange.ts'
import { statusLine } from '../timeline/status-line.ts'
import { BodyView } from './BodyView.tsx'
import { MessageView } from './MessagePane.tsx'

/** What each service behind the gateway received, calls of plugins too, and what it answered. */
export function UpstreamPane({ exchange }: { readonly exchange: Exchange }) {
  const t = useText()
  if (exchange.calls.length === 0) return <p className="pane-empty">{t('run.upstream.none')}</p>
  return (
    <div className="pane">
      {exchange.calls.map((call) =>
        call.kind === 'redis' ? (
          <Command key={call.seq} call={call} />
        ) : (
          <Request key={call.request.seq} call={call} connection={exchange.connection} />
        ),
      )}
    </div>
  )
}

function Request({ call, connection }: { readonly call: SeenRequest; readonly connection: boolean }) {
  const t = useText()
  const { reply } = call
  const replied =
    reply === undefined
      ? t('run.upstream.noReply')
      : reply.headers.length > 0
        ? statusLine(reply.headers)
        : t('run.upstream.sent')
  return (
    <Service
      cluster={call.cluster}
      note={t(
        call.kind === 'callout' ? 'run.upstream.callout' : connection ? 'run.upstream.tcp' : 'run.upstream.route',
      )}
      got={<MessageView message={call.request} />}
      replied={replied}
      failed={call.failed}
      reply={reply !== undefined && <MessageView message={reply} />}
    />
  )
}

function Command({ call }: { readonly call: SeenCommand }) {
  const t = useText()
  return (
    <Service
      cluster={call.cluster}
      note={t('run.upstream.redis')}
      got={
        <pre className="body-text">
          <Data text={call.command} />
        </pre>
      }
      replied={t(call.reply === undefined ? 'run.upstream.noReply' : 'run.upstream.answered')}
      failed={call.failed}
      reply={
        call.reply !== undefined && (
          <>
            <pre className="body-text">
              <Data text={call.answer} keep={'\n'} />
            </pre>
            <h4>{t('run.upstream.bytes')}</h4>
            <BodyView body={call.reply} chunks={1} />
          </>
        )
      }
    />
  )
}

function Service(props: {
  readonly cluster: string
  readonly note: string
  readonly got: ReactNode
  readonly replied: string
  readonly failed: string
  readonly reply: ReactNode
}) {
  const t = useText()
  return (
    <section className="upstream">
      <h3 className="pane-title">
        {visibleText(props.cluster)} <span className="dim">{props.note}</span>
      </h3>
      <div className="pair">
        <div>
          <h4 className="side">{t('run.upstream.received')}</h4>
          {props.got}
        </div>
        <div>
          <h4 className="side">{props.replied}</h4>
          {props.failed !== '' && <p className="bad">{visibleText(props.failed)}</p>}
          {props.reply}
        </div>
      </div>
    </section>
  )
}
