import { useText } from '../text.ts'
import { ActionMark } from './ActionMark.tsx'
import type { Mark } from './row-types.ts'

const marks: readonly Mark[] = ['continue', 'stop', 'buffer', 'reply', 'trap', 'hang']

/** Under a request that met no plugin: how the picture is read, and what the marks will mean. */
export function HowToRead() {
  const t = useText()
  return (
    <section className="how-to-read">
      <h3>{t('run.how.title')}</h3>
      <p>{t('run.how.text')}</p>
      <ul>
        {marks.map((mark) => (
          <li key={mark} className={`act act-${mark}`}>
            <ActionMark mark={mark} />
            {t(`run.how.${mark}`)}
          </li>
        ))}
      </ul>
    </section>
  )
}
