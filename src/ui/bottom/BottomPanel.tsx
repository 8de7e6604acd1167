import './bottom.css'
import { lazy, Suspense } from 'react'
import { remember, setSize, showBottomTab, toggleBottom } from '../commands/view.ts'
import { useReady } from '../editor/useReady.ts'
import { Icon } from '../shell/icons.tsx'
import { Sash } from '../shell/Sash.tsx'
import { TabList } from '../shell/TabList.tsx'
import { problems } from '../store/problems.ts'
import { useApp } from '../store/store.ts'
import { useText } from '../text.ts'
import { BuildPane } from './BuildPane.tsx'
import { ProblemsPane } from './ProblemsPane.tsx'

const TerminalPane = lazy(() => import('../terminal/TerminalPane.tsx'))

/** Terminal, problems and build output under the editor; collapses to its tab row. */
export function BottomPanel({ full = false }: { readonly full?: boolean }) {
  const t = useText()
  const tab = useApp(({ view }) => view.bottomTab)
  const open = useApp(({ view }) => view.bottomOpen) || full
  const height = useApp(({ view }) => view.sizes.bottom)
  const count = useApp((state) => problems(state).length)
  const max = Math.max(96, window.innerHeight - 300)
  return (
    <>
      {open && !full && (
        <Sash
          label={t('ui.sash.bottom')}
          orientation="horizontal"
          value={Math.min(height, max)}
          min={96}
          max={max}
          direction={-1}
          onChange={(pixels) => setSize('bottom', pixels)}
          onDone={remember}
        />
      )}
      <section
        className={`bottom${full ? ' grow' : ''}`}
        style={open && !full ? { height: Math.min(height, max) } : undefined}
        aria-label={t('ui.region.bottom')}
      >
        <div className="bar">
          <TabList
            label={t('ui.region.bottom')}
            selected={open ? tab : undefined}
            onSelect={showBottomTab}
            tabs={[
              { id: 'terminal', label: t('ui.bottom.terminal') },
              {
                id: 'problems',
                label: t('ui.bottom.problems'),
                extra: count > 0 ? <span className="count bad">{count}</span> : null,
              },
              { id: 'build', label: t('ui.bottom.build') },
            ]}
          />
          <span className="grow" />
          {!full && (
            <button
              type="button"
              className="btn sm icon"
              aria-label={open ? t('ui.bottom.close') : t('ui.bottom.open')}
              aria-expanded={open}
              onClick={toggleBottom}
            >
              <Icon name={open ? 'close' : 'up'} />
            </button>
          )}
        </div>
        {open && (
          <div className="bottom-body">
            {tab === 'terminal' && <Terminal />}
            {tab === 'problems' && <ProblemsPane />}
            {tab === 'build' && <BuildPane />}
          </div>
        )}
      </section>
    </>
  )
}

/** xterm comes after the first run is on the screen. */
function Terminal() {
  const ready = useReady()
  return <Suspense fallback={null}>{ready && <TerminalPane />}</Suspense>
}
