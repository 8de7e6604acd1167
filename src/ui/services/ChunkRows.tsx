import { Icon } from '../shell/icons.tsx'
import { useText } from '../text.ts'
import { type Chunk, shownChunks, writtenChunks } from './field-values.ts'

type Props = { readonly label: string; readonly value: unknown; readonly onChange: (value: unknown) => void }

/** Pieces of a body with the time before each. */
export function ChunkRows({ label, value, onChange }: Props) {
  const t = useText()
  const chunks = shownChunks(value) ?? []
  const change = (next: readonly Chunk[]) => onChange(writtenChunks(next))
  const set = (index: number, part: Partial<Chunk>) =>
    change(chunks.map((chunk, at) => (at === index ? { ...chunk, ...part } : chunk)))
  return (
    <fieldset className="service-rows">
      <legend>{label}</legend>
      {chunks.map(({ data, delay }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: chunks are told apart by their place only
        <div className="chunk-row" key={index}>
          <input
            className="mono short"
            aria-label={t('services.chunk.delay', { number: index + 1 })}
            value={delay}
            placeholder="0ms"
            spellCheck={false}
            onChange={(event) => set(index, { delay: event.target.value })}
          />
          <textarea
            rows={Math.min(4, data.split('\n').length)}
            aria-label={t('services.chunk.data', { number: index + 1 })}
            value={data}
            spellCheck={false}
            onChange={(event) => set(index, { data: event.target.value })}
          />
          <button
            type="button"
            className="btn sm icon"
            aria-label={t('services.chunk.remove', { number: index + 1 })}
            onClick={() => change(chunks.filter((_, at) => at !== index))}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
      <button type="button" className="btn sm" onClick={() => change([...chunks, { data: '', delay: '' }])}>
        <Icon name="plus" />
        {t('services.chunk.add')}
      </button>
    </fieldset>
  )
}
