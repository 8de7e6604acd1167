import './shell.css'
import { type ReactNode, useEffect, useState } from 'react'
import { remember, setSize, showPhonePane, showRunSide, toggleDrawer } from '../commands/view.ts'
import { useApp } from '../store/store.ts'
import type { PhonePane } from '../store/view.ts'
import { useText } from '../text.ts'
import { Drawer } from './Drawer.tsx'
import { Icon, type IconName } from './icons.tsx'
import { Sash } from './Sash.tsx'
import { TabList } from './TabList.tsx'
import { useLayout } from './useLayout.ts'

const minimum = { files: 140, editor: 420, run: 560 }

type Regions = {
  readonly top: ReactNode
  readonly files: ReactNode
  readonly editor: ReactNode
  readonly run: ReactNode
  readonly bottom: ReactNode
  /** The panel when it has the whole screen (phone). */
  readonly bottomFull: ReactNode
  readonly status: ReactNode
}

/** The regions of the frame and the sashes between them (ui/README.md, Anatomy). What is in them comes from outside. */
export function AppShell(props: Regions) {
  const layout = useLayout()
  return (
    <div className={`shell layout-${layout}`}>
      {props.top}
      {layout === 'phone' ? (
        <PhoneFrame {...props} />
      ) : layout === 'tabs' ? (
        <TabsFrame {...props} />
      ) : (
        <WideFrame {...props} />
      )}
      {layout !== 'phone' && props.status}
      {layout !== 'wide' && <Drawer>{props.files}</Drawer>}
    </div>
  )
}

function WideFrame({ files, editor, run, bottom }: Regions) {
  const t = useText()
  const sizes = useApp(({ view }) => view.sizes)
  const width = useWindowWidth()
  const withFiles = useLayout() === 'wide'
  const left = withFiles ? sizes.files : 0
  const runMax = Math.max(minimum.run, width - left - minimum.editor - 2)
  const runWidth = Math.min(sizes.run, runMax)
  const columns = `${withFiles ? `${left}px 1px ` : ''}minmax(0, 1fr) 1px ${runWidth}px`
  return (
    <main className="main" style={{ gridTemplateColumns: columns }}>
      {withFiles && (
        <>
          {files}
          <Sash
            label={t('ui.sash.files')}
            orientation="vertical"
            value={left}
            min={minimum.files}
            max={360}
            direction={1}
            onChange={(pixels) => setSize('files', pixels)}
            onDone={remember}
          />
        </>
      )}
      <section className="region-editor" aria-label={t('ui.region.editor')}>
        <EditorHead>{editor}</EditorHead>
        {bottom}
      </section>
      <Sash
        label={t('ui.sash.run')}
        orientation="vertical"
        value={runWidth}
        min={minimum.run}
        max={runMax}
        direction={-1}
        onChange={(pixels) => setSize('run', pixels)}
        onDone={remember}
      />
      <section className="region-run" aria-label={t('ui.region.run')}>
        {run}
      </section>
    </main>
  )
}

/** Under 1180 the files are a drawer; its button stands left of the editor's tabs. */
function EditorHead({ children }: { readonly children: ReactNode }) {
  const t = useText()
  const layout = useLayout()
  if (layout === 'wide') return children
  return (
    <div className="editor-with-drawer">
      <button
        type="button"
        className="btn icon drawer-button"
        aria-label={t('ui.top.files')}
        onClick={() => toggleDrawer(true)}
      >
        <Icon name="files" size={16} />
      </button>
      {children}
    </div>
  )
}

function TabsFrame({ editor, run, bottom }: Regions) {
  const t = useText()
  const pane = useApp(({ view }) => view.narrow)
  return (
    <>
      <div className="bar narrow-tabs">
        <TabList
          label={t('ui.region.panes')}
          selected={pane}
          onSelect={showRunSide}
          tabs={[
            { id: 'editor', label: t('ui.region.editor') },
            { id: 'run', label: t('ui.region.run') },
          ]}
        />
      </div>
      <main className="main">
        {pane === 'editor' ? (
          <section className="region-editor" aria-label={t('ui.region.editor')}>
            <EditorHead>{editor}</EditorHead>
            {bottom}
          </section>
        ) : (
          <section className="region-run" aria-label={t('ui.region.run')}>
            {run}
          </section>
        )}
      </main>
    </>
  )
}

const phonePanes: readonly (readonly [PhonePane, IconName])[] = [
  ['timeline', 'timeline'],
  ['response', 'response'],
  ['code', 'code'],
  ['terminal', 'terminal'],
]

function PhoneFrame({ editor, run, bottomFull }: Regions) {
  const t = useText()
  const pane = useApp(({ view }) => view.phone)
  return (
    <>
      <main className="main">
        {pane === 'code' && (
          <section className="region-editor" aria-label={t('ui.region.editor')}>
            <EditorHead>{editor}</EditorHead>
          </section>
        )}
        {pane === 'terminal' && <div className="region-editor">{bottomFull}</div>}
        {(pane === 'timeline' || pane === 'response') && (
          <section className="region-run" aria-label={t('ui.region.run')}>
            {run}
          </section>
        )}
      </main>
      <nav className="phone-nav" aria-label={t('ui.region.panes')}>
        {phonePanes.map(([id, icon]) => (
          <button
            key={id}
            type="button"
            aria-current={id === pane ? 'page' : undefined}
            onClick={() => showPhonePane(id)}
          >
            <Icon name={icon} size={16} />
            {t(`ui.phone.${id}`)}
          </button>
        ))}
      </nav>
    </>
  )
}

function useWindowWidth(): number {
  const [width, setWidth] = useState(window.innerWidth)
  useEffect(() => {
    const changed = () => setWidth(window.innerWidth)
    window.addEventListener('resize', changed)
    return () => window.removeEventListener('resize', changed)
  }, [])
  return width
}
