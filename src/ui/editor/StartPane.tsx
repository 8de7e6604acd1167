import { openOverlay } from '../commands/view.ts'
import { Icon } from '../shell/icons.tsx'
import { useText } from '../text.ts'

/** What an empty project shows in place of the editor: the ways to a first plugin. */
export function StartPane() {
  const t = useText()
  return (
    <section className="start">
      <h1>{t('ui.start.title')}</h1>
      <p>{t('ui.start.text')}</p>
      <div className="langs">
        {(['go', 'assemblyscript'] as const).map((language) => (
          <StartChoice
            key={language}
            title={t(`ui.language.${language}`)}
            text={t(`ui.start.${language}`)}
            onSelect={() => openOverlay({ kind: 'new-plugin', language })}
          />
        ))}
        <StartChoice
          title={t('ui.start.example')}
          text={t('ui.start.exampleText')}
          onSelect={() => openOverlay({ kind: 'examples' })}
        />
      </div>
      <button type="button" className="drop" onClick={() => openOverlay({ kind: 'import', text: '', name: '' })}>
        <Icon name="file" />
        {t('ui.start.drop')}
      </button>
    </section>
  )
}

function StartChoice(props: { readonly title: string; readonly text: string; readonly onSelect: () => void }) {
  return (
    <button type="button" onClick={props.onSelect}>
      <span>
        <b>{props.title}</b>
        <small>{props.text}</small>
      </span>
      <span className="dim">
        <Icon name="right" />
      </span>
    </button>
  )
}
