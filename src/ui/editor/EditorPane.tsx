import './editor.css'
import { lazy, Suspense } from 'react'
import { ServicesSwitch } from '../services/ServicesSwitch.tsx'
import { useLayout } from '../shell/useLayout.ts'
import { getApp, useApp } from '../store/store.ts'
import { useText } from '../text.ts'
import { EditorTabs } from './EditorTabs.tsx'
import { Hint } from './Hint.tsx'
import { PhoneEditor } from './PhoneEditor.tsx'
import { ProblemLine } from './ProblemLine.tsx'
import { StartPane } from './StartPane.tsx'
import { StaticSource } from './StaticSource.tsx'
import { useReady } from './useReady.ts'

const ServicesForm = lazy(() => import('../services/ServicesForm.tsx'))

const MonacoHost = lazy(async () => {
  // Monaco reads its words when it is loaded, so they come first.
  if (getApp().view.language === 'zh') await import('monaco-editor/nls/lang/zh-cn')
  return import('./MonacoHost.tsx')
})

/** Tabs, the editor, and the first problem of the file at hand. A static view stands in until the editor has loaded. */
export function EditorPane() {
  const t = useText()
  const layout = useLayout()
  const active = useApp(({ project }) => project.active)
  const empty = useApp(
    ({ project }) =>
      !Object.keys(project.files).some((path) => path.startsWith('plugins/')) &&
      Object.keys(project.binaries).length === 0,
  )
  const form = useApp(({ project, view }) => project.active === 'proxyground.yaml' && view.services.form)
  const ready = useReady()
  if (active === undefined && empty) return <StartPane />
  return (
    <div className="col grow">
      <EditorTabs />
      {active === 'proxyground.yaml' && <ServicesSwitch />}
      <div className={`editor-body${form ? ' form' : ''}`} role="tabpanel" aria-label={active ?? t('ui.region.editor')}>
        {form && (
          <Suspense fallback={null}>
            <ServicesForm />
          </Suspense>
        )}
        {active === undefined ? (
          <p className="editor-none">{t('ui.editor.none')}</p>
        ) : layout === 'phone' ? (
          <PhoneEditor path={active} />
        ) : ready ? (
          <Suspense fallback={<StaticSource path={active} />}>
            <MonacoHost />
          </Suspense>
        ) : (
          <StaticSource path={active} />
        )}
      </div>
      {!form && <Hint />}
      <ProblemLine />
    </div>
  )
}
