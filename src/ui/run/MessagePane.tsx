import type { HeaderList } from '../../model/http.ts'
import { useText } from '../text.ts'
import { Data } from '../timeline/Data.tsx'
import { byteStringText } from '../timeline/display-text.ts'
import type { SeenMessage } from '../timeline/exchange.ts'
import { BodyView } from './BodyView.tsx'

/** Header lines in their order, duplicates kept. */
export function HeaderLines({ headers }: { readonly headers: HeaderList }) {
  return (
    <dl className="header-lines">
      {headers.map(([name, value], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: header lines are told apart by their place only
        <div key={index}>
          <dt>
            <Data text={byteStringText(name)} />
          </dt>
          <dd>
            <Data text={byteStringText(value)} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** Headers, body and trailers of one message; what comes over a TCP connection has bytes only. */
export function MessageView({ message }: { readonly message: SeenMessage }) {
  const t = useText()
  return (
    <>
      {message.headers.length > 0 && (
        <>
          <h4>
            {t('run.message.headers')} <span className="count">{message.headers.length}</span>
          </h4>
          <HeaderLines headers={message.headers} />
          <h4>{t('run.message.body')}</h4>
        </>
      )}
      <BodyView body={message.body} chunks={message.chunks} />
      {message.trailers.length > 0 && (
        <>
          <h4>
            {t('run.message.trailers')} <span className="count">{message.trailers.length}</span>
          </h4>
          <HeaderLines headers={message.trailers} />
        </>
      )}
    </>
  )
}
