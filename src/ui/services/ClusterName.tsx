import { clusterNameWords } from '../../text/cluster-name-words.ts'
import { useText } from '../text.ts'
import { visibleText } from '../timeline/display-text.ts'

/** A cluster's name part by part, and what is doubtful about it, with the name that was probably meant. */
export function ClusterName({ name, onUse }: { readonly name: string; readonly onUse: (name: string) => void }) {
  const t = useText()
  const { parts, doubts } = clusterNameWords(name, t)
  const said = parts.filter(({ text, meaning }) => text !== '' && meaning !== undefined)
  return (
    <>
      {said.length > 1 && (
        <dl className="name-parts" aria-label={t('services.name.reads')}>
          {said.map(({ text, meaning }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one name, told apart by their place
            <div key={index}>
              <dt className="mono">{visibleText(text)}</dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      )}
      {doubts.map(({ words, meant }) => (
        <p className="note warn" key={words}>
          {words}
          {meant !== undefined && meant !== name && (
            <button type="button" className="btn line sm" onClick={() => onUse(meant)}>
              {t('services.name.use', { name: visibleText(meant) })}
            </button>
          )}
        </p>
      ))}
    </>
  )
}
