import { openFile } from '../commands/files.ts'
import { createHandler } from '../commands/services.ts'
import { useApp } from '../store/store.ts'
import { useText } from '../text.ts'
import { visibleText } from '../timeline/display-text.ts'
import { ChunkRows } from './ChunkRows.tsx'
import { shownChunks, shownPairs, shownText, writtenNumber, writtenText } from './field-values.ts'
import { PairRows } from './PairRows.tsx'
import type { Field } from './service-fields.ts'

/** One field of a service by how it is edited. What is written in a way that the form cannot show is left to the YAML. */
export function FieldRow(props: {
  readonly field: Field
  readonly value: unknown
  readonly onChange: (value: unknown) => void
}) {
  const { field, value, onChange } = props
  const t = useText()
  const label = t(`services.field.${field.key}`)
  const inText = <p className="mid">{t('services.written', { field: label })}</p>
  switch (field.as) {
    case 'pairs':
      return shownPairs(value) === undefined ? inText : <PairRows label={label} value={value} onChange={onChange} />
    case 'chunks':
      return shownChunks(value) === undefined ? inText : <ChunkRows label={label} value={value} onChange={onChange} />
    case 'flag':
      return (
        <label className="row">
          <input
            type="checkbox"
            checked={value === true}
            onChange={(event) => onChange(event.target.checked ? true : undefined)}
          />
          {label}
        </label>
      )
    case 'choice':
      return (
        <label className="service-field">
          <span>{label}</span>
          <select
            value={shownText(value) === '' ? field.of[0] : shownText(value)}
            onChange={(event) => onChange(event.target.value === field.of[0] ? undefined : event.target.value)}
          >
            {field.key === 'at'
              ? field.of.map((id) => (
                  <option key={id} value={id}>
                    {t(`services.at.${id}`)}
                  </option>
                ))
              : field.of.map((id) => (
                  <option key={id} value={id}>
                    {t(`services.protocol.${id}`)}
                  </option>
                ))}
          </select>
        </label>
      )
    case 'number':
    case 'duration':
    case 'line':
    case 'file':
    case 'text': {
      const text = shownText(value)
      if (text === undefined) return inText
      const change = (typed: string) => onChange(field.as === 'number' ? writtenNumber(typed) : writtenText(typed))
      if (field.as === 'text')
        return (
          <label className="service-field">
            <span>{label}</span>
            <textarea rows={3} value={text} spellCheck={false} onChange={(event) => change(event.target.value)} />
          </label>
        )
      return (
        <>
          <label className="service-field">
            <span>{label}</span>
            <input
              className={field.as === 'number' || field.as === 'duration' ? 'mono short' : 'mono'}
              inputMode={field.as === 'number' ? 'numeric' : 'text'}
              value={text}
              placeholder={field.usual ?? ''}
              spellCheck={false}
              onChange={(event) => change(event.target.value)}
            />
          </label>
          {field.as === 'file' && text !== '' && <HandlerFile path={text} />}
        </>
      )
    }
  }
}

/** The way to the function, or to making it. */
function HandlerFile({ path }: { readonly path: string }) {
  const t = useText()
  const known = useApp(({ project }) => path in project.files)
  const shown = visibleText(path)
  return (
    <p className="row mid">
      {!known && t('services.file.missing', { file: shown })}
      <button type="button" className="btn line sm" onClick={() => (known ? openFile(path) : createHandler(path))}>
        {known ? t('services.file.open', { file: shown }) : t('services.file.create')}
      </button>
    </p>
  )
}
