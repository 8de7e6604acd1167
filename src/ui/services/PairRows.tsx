import { useState } from 'react'
import { Icon } from '../shell/icons.tsx'
import { useText } from '../text.ts'
import { type Pairs, shownPairs, writtenPairs } from './field-values.ts'

type Props = { readonly label: string; readonly value: unknown; readonly onChange: (value: unknown) => void }

/** Names and values in their order. A line whose name is still to be typed is kept here and not yet written. */
export function PairRows({ label, value, onChange }: Props) {
  const t = useText()
  const [typed, setTyped] = useState<Pairs>(() => shownPairs(value) ?? [])
  const current = JSON.stringify(writtenPairs(typed)) === JSON.stringify(writtenPairs(shownPairs(value) ?? []))
  const pairs = current ? typed : (shownPairs(value) ?? [])
  const change = (next: Pairs) => {
    setTyped(next)
    onChange(writtenPairs(next))
  }
  const set = (index: number, pair: readonly [string, string]) =>
    change(pairs.map((other, at) => (at === index ? pair : other)))
  return (
    <fieldset className="service-rows">
      <legend>{label}</legend>
      {pairs.map(([name, text], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are told apart by their place only
        <div className="pair-row" key={index}>
          <input
            className="mono"
            aria-label={t('services.pair.name', { number: index + 1 })}
            value={name}
            spellCheck={false}
            onChange={(event) => set(index, [event.target.value, text])}
          />
          <input
            className="mono"
            aria-label={t('services.pair.value', { number: index + 1 })}
            value={text}
            spellCheck={false}
            onChange={(event) => set(index, [name, event.target.value])}
          />
          <button
            type="button"
            className="btn sm icon"
            aria-label={t('services.pair.remove', { name: name === '' ? String(index + 1) : name })}
            onClick={() => change(pairs.filter((_, at) => at !== index))}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
      <button
        type="button"
        className="btn sm"
        aria-label={`${label}: ${t('services.pair.add')}`}
        onClick={() => change([...pairs, ['', '']])}
      >
        <Icon name="plus" />
        {t('services.pair.add')}
      </button>
    </fieldset>
  )
}
