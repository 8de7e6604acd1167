import { canBuildModules, exportModules, exportReport, exportZip } from '../commands/export.ts'
import { buildAndRun } from '../commands/live.ts'
import { openOverlay, setLanguage, setTheme } from '../commands/view.ts'
import { pluginFolders } from '../store/project.ts'
import { useApp } from '../store/store.ts'
import type { Theme } from '../store/view.ts'
import { useText } from '../text.ts'
import { Icon, Logo, PlayMark } from './icons.tsx'
import { keyText } from './keys.ts'
import { Menu, type MenuItem } from './Menu.tsx'
import { ProjectMenu } from './ProjectMenu.tsx'
import { shownTitle } from './shown-title.ts'
import { useLayout } from './useLayout.ts'

const themes: readonly Theme[] = ['system', 'light', 'dark', 'contrast-light', 'contrast-dark']

/** Project, search, and what can be done with the whole; under 960 the rest goes into a menu, Run stays. */
export function TopBar() {
  const t = useText()
  const layout = useLayout()
  const narrow = layout === 'tabs' || layout === 'phone'
  return (
    <header className="topbar">
      {layout === 'phone' ? <PhoneTitle /> : <Brand />}
      <span className="grow" />
      {!narrow && <Search small={layout === 'drawer'} />}
      {!narrow && <WideActions />}
      {narrow && <NarrowMenu />}
      <button
        type="button"
        className="btn solid run-button"
        title={`${t('ui.top.run')} (${keyText('Mod+Enter')})`}
        onClick={() => void buildAndRun()}
      >
        <PlayMark />
        {t('ui.top.run')}
        {layout === 'wide' && <kbd>{keyText('Mod+Enter')}</kbd>}
      </button>
    </header>
  )
}

function Brand() {
  const t = useText()
  const saved = useApp(({ project }) => project.saved)
  return (
    <>
      <span className="brand">
        <Logo />
        Proxyground
      </span>
      <span className="slash" aria-hidden="true">
        /
      </span>
      <ProjectMenu />
      <span className="saved trunc" role="status">
        {t(`ui.saved.${saved}`)}
      </span>
    </>
  )
}

function PhoneTitle() {
  const t = useText()
  const title = useApp(({ project, view }) => shownTitle(project.files, view.language))
  return (
    <span className="brand trunc">
      <Logo />
      <span className="trunc">{title || t('ui.project.untitled')}</span>
    </span>
  )
}

function Search({ small }: { readonly small: boolean }) {
  const t = useText()
  const open = () => openOverlay({ kind: 'palette' })
  if (small)
    return (
      <button type="button" className="btn icon" aria-label={t('ui.top.search')} onClick={open}>
        <Icon name="search" size={16} />
      </button>
    )
  return (
    <button type="button" className="search" onClick={open}>
      <Icon name="search" size={16} />
      <span>{t('ui.top.search')}</span>
      <kbd>{keyText('Mod+K')}</kbd>
    </button>
  )
}

function WideActions() {
  const t = useText()
  const language = useApp(({ view }) => view.language)
  return (
    <>
      <span className="sep" />
      <button type="button" className="btn" onClick={() => openOverlay({ kind: 'examples' })}>
        {t('ui.top.examples')}
      </button>
      <button type="button" className="btn" onClick={() => openOverlay({ kind: 'share' })}>
        {t('ui.top.share')}
      </button>
      <Menu
        align="end"
        items={useExportItems()}
        trigger={
          <button type="button" className="btn">
            {t('ui.top.export')}
            <Icon name="down" />
          </button>
        }
      />
      <span className="sep" />
      <button
        type="button"
        className="btn"
        aria-label={`${t('ui.top.language')}: ${language === 'en' ? '中文' : 'EN'}`}
        lang={language === 'en' ? 'zh-CN' : 'en'}
        onClick={() => void setLanguage(language === 'en' ? 'zh' : 'en')}
      >
        {language === 'en' ? '中文' : 'EN'}
      </button>
      <Menu
        align="end"
        items={useThemeItems()}
        trigger={
          <button type="button" className="btn icon" aria-label={t('ui.top.theme')}>
            <Icon name="theme" size={16} />
          </button>
        }
      />
    </>
  )
}

function NarrowMenu() {
  const t = useText()
  const language = useApp(({ view }) => view.language)
  const more: MenuItem[] = [
    { kind: 'item', label: t('ui.top.commands'), onSelect: () => openOverlay({ kind: 'palette' }) },
    { kind: 'item', label: t('ui.top.examples'), onSelect: () => openOverlay({ kind: 'examples' }) },
    { kind: 'item', label: t('ui.top.share'), onSelect: () => openOverlay({ kind: 'share' }) },
    { kind: 'item', label: t('ui.project.rename'), onSelect: () => openOverlay({ kind: 'title' }) },
    { kind: 'line' },
    ...useExportItems(),
    { kind: 'line' },
    {
      kind: 'item',
      label: language === 'en' ? '中文' : 'English',
      onSelect: () => void setLanguage(language === 'en' ? 'zh' : 'en'),
    },
    ...useThemeItems(),
  ]
  return (
    <Menu
      align="end"
      items={more}
      trigger={
        <button type="button" className="btn icon" aria-label={t('ui.top.more')}>
          <Icon name="more" size={16} />
        </button>
      }
    />
  )
}

function useThemeItems(): readonly MenuItem[] {
  const t = useText()
  const current = useApp(({ view }) => view.theme)
  return themes.map((theme) => ({
    kind: 'choice',
    label: t(`ui.theme.${theme}`),
    checked: theme === current,
    onSelect: () => setTheme(theme),
  }))
}

function useExportItems(): readonly MenuItem[] {
  const t = useText()
  const hasRun = useApp(({ run }) => run.shown !== undefined)
  const hasModules = useApp(({ project }) => pluginFolders(project).some(canBuildModules))
  const items: MenuItem[] = [{ kind: 'item', label: t('ui.export.zip'), onSelect: () => void exportZip() }]
  if (hasModules) items.push({ kind: 'item', label: t('ui.export.modules'), onSelect: () => void exportModules() })
  if (hasRun) items.push({ kind: 'item', label: t('ui.export.report'), onSelect: exportReport })
  return items
}
