import './examples.css'
import { useState } from 'react'
import { gallery, type TemplateCard } from '../../templates/gallery.ts'
import { templateFiles } from '../../templates/templates.ts'
import { runExample } from '../commands/examples.ts'
import { buildAndRun } from '../commands/live.ts'
import { newProject } from '../commands/projects.ts'
import { closeOverlay, openOverlay } from '../commands/view.ts'
import { Icon } from '../shell/icons.tsx'
import { scenarioPaths } from '../store/project.ts'
import { useApp } from '../store/store.ts'
import { useText } from '../text.ts'
import { Sheet } from './Sheet.tsx'

type Entry = (typeof gallery)[number]

/** The examples, each a project that runs. What is open stays kept in this browser. */
export default function Examples() {
  const t = useText()
  const language = useApp(({ view }) => view.language)
  const [query, setQuery] = useState('')
  const [only, setOnly] = useState<Entry['language'] | undefined>(undefined)
  const cards = gallery.filter((card) => (only === undefined || card.language === only) && matches(card, query))
  return (
    <Sheet title={t('ui.top.examples')} wide>
      <p>{t('ui.examples.text')}</p>
      <input
        className="input"
        type="search"
        aria-label={t('ui.examples.find')}
        placeholder={t('ui.examples.find')}
        value={query}
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={(event) => {
          const [first] = cards
          if (event.key === 'Enter' && !event.nativeEvent.isComposing && query.trim() !== '' && first) open(first)
        }}
      />
      <fieldset className="row filters" aria-label={t('ui.examples.language')}>
        {([undefined, 'go', 'assemblyscript'] as const).map((language) => (
          <button
            key={language ?? ''}
            type="button"
            className="btn sm line"
            aria-pressed={only === language}
            onClick={() => setOnly(language)}
          >
            {language === undefined ? t('ui.examples.all') : t(`ui.language.${language}`)}
          </button>
        ))}
      </fieldset>
      <p role="status" className={cards.length > 0 ? 'visually-hidden' : undefined}>
        {cards.length > 0 ? t('ui.examples.found', { count: cards.length }) : t('ui.examples.none', { query })}
      </p>
      <ul className="cards">
        {cards.map((card) => (
          <li key={card.name}>
            <Card card={card} language={language} />
          </li>
        ))}
        <li className="card own">
          <h3>{t('ui.examples.own')}</h3>
          <p>{t('ui.examples.ownText')}</p>
          <div className="row">
            <button
              type="button"
              className="btn sm line"
              onClick={() => openOverlay({ kind: 'import', text: '', name: '' })}
            >
              {t('ui.project.import')}
            </button>
            <button
              type="button"
              className="btn sm"
              onClick={() => {
                closeOverlay()
                void newProject().then(buildAndRun)
              }}
            >
              {t('ui.project.new')}
            </button>
          </div>
        </li>
      </ul>
    </Sheet>
  )
}

function Card({ card, language }: { readonly card: Entry; readonly language: 'en' | 'zh' }) {
  const t = useText()
  const files = templateFiles(card.name)
  return (
    <button type="button" className="card" onClick={() => open(card)}>
      <h3>{card.title[language]}</h3>
      <p>{card.description[language]}</p>
      <ul className="uses">
        {calls(files).map((call) => (
          <li key={call}>{call}</li>
        ))}
      </ul>
      <span className="card-foot">
        {card.broken && (
          <span className="act act-stop">
            <Icon name="warn" size={12} />
            {t('ui.examples.broken')}
          </span>
        )}
        <span className="dim">{t(`ui.language.${card.language}`)}</span>
        <span className="dim">{t('ui.examples.scenarios', { count: scenarioPaths(files).length })}</span>
      </span>
    </button>
  )
}

function open(card: Entry): void {
  closeOverlay()
  void runExample(card.name)
}

/** Callbacks and calls that an example's sources name, at most four. */
function calls(files: Readonly<Record<string, string>>): readonly string[] {
  const source = Object.entries(files)
    .filter(([path]) => path.startsWith('plugins/') && !path.endsWith('.yaml'))
    .map(([, text]) => text)
    .join('\n')
  const words = source.match(
    /\b(?:on(?:Request|Response)(?:Headers|Body)|httpCall|sendLocalReply|setSharedData|getSharedData|counter|ProcessRequestHeaders(?:By)?|Process(?:Streaming)?ResponseBody(?:By)?|ParseConfig(?:By)?|NewClusterClient|NewRedisClusterClient|SendHttpResponse)\b/g,
  )
  return [...new Set(words ?? [])].slice(0, 4)
}

function matches(card: TemplateCard, query: string): boolean {
  const text =
    `${card.name} ${card.title.en} ${card.title.zh} ${card.description.en} ${card.description.zh}`.toLowerCase()
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
