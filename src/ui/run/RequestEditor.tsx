import { Icon } from '../shell/icons.tsx'
import { useText } from '../text.ts'
import { ChunkEditor } from './ChunkEditor.tsx'
import type { RequestDraft } from './scenario-text.ts'

/** Headers in their order with duplicates, body, chunks and protocol. */
export function RequestEditor(props: {
  readonly id: string
  readonly draft: RequestDraft
  readonly onChange: (part: Partial<RequestDraft>) => void
  readonly onSend: () => void
}) {
  const { id, draft, onChange, onSend } = props
  const t = useText()
  const setHeader = (index: number, name: string, value: string) =>
    onChange({ headers: draft.headers.map((pair, at) => (at === index ? [name, value] : pair)) })
  return (
    <section
      className="request-editor"
      id={id}
      aria-label={t('run.request.edit')}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
        event.preventDefault()
        event.stopPropagation()
        onSend()
      }}
    >
      <h4>{t('run.request.headers')}</h4>
      {draft.headers.map(([name, value], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: header lines are told apart by their place only
        <div className="header-edit" key={index}>
          <input
            aria-label={t('run.request.headerName', { number: index + 1 })}
            value={name}
            spellCheck={false}
            onChange={(event) => setHeader(index, event.target.value, value)}
          />
          <input
            aria-label={t('run.request.headerValue', { number: index + 1 })}
            value={value}
            spellCheck={false}
            onChange={(event) => setHeader(index, name, event.target.value)}
          />
          <button
            type="button"
            className="btn sm icon"
            aria-label={t('run.request.removeHeader', { name })}
            onClick={() => onChange({ headers: draft.headers.filter((_, at) => at !== index) })}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
      <button type="button" className="btn sm" onClick={() => onChange({ headers: [...draft.headers, ['', '']] })}>
        <Icon name="plus" />
        {t('run.request.addHeader')}
      </button>
      <label className="stack">
        <span>{t('run.request.body')}</span>
        <textarea
          rows={4}
          value={draft.body}
          spellCheck={false}
          onChange={(event) =>
            onChange({
              body: event.target.value,
              ...(event.target.value !== '' && draft.method === 'GET' && draft.body === '' ? { method: 'POST' } : {}),
            })
          }
        />
      </label>
      <ChunkEditor body={draft.body} chunks={draft.chunks} onChange={(chunks) => onChange({ chunks })} />
      <div className="row options">
        <label>
          <span>{t('run.request.protocol')}</span>
          <select
            value={draft.protocol}
            onChange={(event) => onChange({ protocol: event.target.value === 'h2' ? 'h2' : 'h1' })}
          >
            <option value="h1">HTTP/1.1</option>
            <option value="h2">HTTP/2</option>
          </select>
        </label>
      </div>
    </section>
  )
}
