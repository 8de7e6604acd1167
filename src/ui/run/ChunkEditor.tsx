import { Icon } from '../shell/icons.tsx'
import { useText } from '../text.ts'
import { sizeText } from '../timeline/display-text.ts'
import type { DraftChunk } from './scenario-text.ts'

/** How the body is cut, and what is waited before each piece. */
export function ChunkEditor(props: {
  readonly body: string
  readonly chunks: readonly DraftChunk[]
  readonly onChange: (chunks: readonly DraftChunk[]) => void
}) {
  const { body, chunks, onChange } = props
  const t = useText()
  const rest = new TextEncoder().encode(body).length - chunks.reduce((sum, { size }) => sum + size, 0)
  const set = (index: number, part: Partial<DraftChunk>) =>
    onChange(chunks.map((chunk, at) => (at === index ? { ...chunk, ...part } : chunk)))
  return (
    <fieldset className="chunk-edit">
      <legend>{t('run.request.chunks')}</legend>
      {chunks.map(({ size, after }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: chunks are told apart by their place only
        <div className="row" key={index}>
          <input
            inputMode="numeric"
            aria-label={t('run.request.chunkSize', { number: index + 1 })}
            value={size}
            onChange={(event) => set(index, { size: Number(event.target.value.replace(/\D/g, '').slice(0, 8)) })}
          />
          <span className="mid">{t('run.request.chunkBytes')}</span>
          <span className="mid">{t('run.request.chunkWait')}</span>
          <input
            aria-label={t('run.request.chunkAfter', { number: index + 1 })}
            value={after}
            placeholder="0ms"
            spellCheck={false}
            onChange={(event) => set(index, { after: event.target.value })}
          />
          <button
            type="button"
            className="btn sm icon"
            aria-label={t('run.request.removeChunk', { number: index + 1 })}
            onClick={() => onChange(chunks.filter((_, at) => at !== index))}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
      <div className="row">
        <button
          type="button"
          className="btn sm"
          onClick={() =>
            onChange([...chunks, { size: chunks.length === 0 ? Math.ceil(rest / 2) : Math.max(rest, 0), after: '' }])
          }
        >
          <Icon name="plus" />
          {t('run.request.addChunk')}
        </button>
        <span className={rest < 0 ? 'bad' : 'mid'}>
          {chunks.length === 0
            ? t('run.request.oneChunk')
            : rest < 0
              ? t('run.request.tooMuch', { by: sizeText(-rest) })
              : rest > 0
                ? t('run.request.restChunk', { size: sizeText(rest) })
                : ''}
        </span>
      </div>
    </fieldset>
  )
}
