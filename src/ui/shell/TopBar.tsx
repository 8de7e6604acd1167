import { runNow } from '../commands/run.ts'
import { setLanguage } from '../commands/view.ts'
import { projectTitle } from '../store/project.ts'
import { useApp } from '../store/store.ts'
import { useText } from '../text.ts'
import { Logo, PlayMark } from './icons.tsx'

export function TopBar() {
  const t = useText()
  const title = useApp(({ project }) => projectTitle(project.files))
  const saved = useApp(({ project }) => project.saved)
  const language = useApp(({ view }) => view.language)
  return (
    <header className="topbar">
      <span className="brand">
        <Logo />
        Proxyground
      </span>
      <span className="slash" aria-hidden="true">
        /
      </span>
      <span className="strong">{title || t('ui.project.untitled')}</span>
      <span className="saved">{t(`ui.saved.${saved}`)}</span>
      <span className="grow" />
      <button
        type="button"
        className="btn"
        aria-label={t('ui.top.language')}
        onClick={() => setLanguage(language === 'en' ? 'zh' : 'en')}
      >
        {language === 'en' ? 'EN' : '中'}
      </button>
      <button type="button" className="btn solid" onClick={() => void runNow()}>
        <PlayMark />
        {t('ui.top.run')}
        <kbd>Ctrl ↵</kbd>
      </button>
    </header>
  )
}
