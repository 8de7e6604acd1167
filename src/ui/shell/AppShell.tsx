import './shell.css'
import { type ReactNode, useEffect, useState } from 'react'
import { remember, setSize } from '../commands/view.ts'
import { useApp } from '../store/store.ts'
import { useText } from '../text.ts'
import { Sash } from './Sash.tsx'
import { useLayout } from './useLayout.ts'

const minimum = { files: 140, editor: 420, run: 560, bottom: 96 }

/** The regions of the frame and the sashes between them. What is in them comes from outside. */
export function AppShell(props: {
  readonly top: ReactNode
  readonly files: ReactNode
  readonly editor: ReactNode
  readonly run: ReactNode
  readonly bottom: ReactNode
  readonly status: ReactNode
}) {
  const layout = useLayout()
  return (
    <div className={`shell layout-${layout}`}>
      {props.top}
      {layout === 'wide' || layout === 'drawer' ? (
        <Side {...props} files={layout === 'wide' ? props.files : null} />
      ) : null}
      {props.status}
    </div>
  )
}

function Side({
  files,
  editor,
  run,
  bottom,
}: {
  files: ReactNode
  editor: ReactNode
  run: ReactNode
  bottom: ReactNode
}) {
  const t = useText()
  const sizes = useApp(({ view }) => view.sizes)
  const width = useWindowWidth()
  const left = files === null ? 0 : sizes.files
  const runMax = Math.max(minimum.run, width - left - minimum.editor - 2)
  const runWidth = Math.min(sizes.run, runMax)
  const columns = `${files === null ? '' : `${left}px 1px `}minmax(0, 1fr) 1px ${runWidth}px`
  return (
    <main className="main" style={{ gridTemplateColumns: columns }}>
      {files !== null && (
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
        {editor}
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

function useWindowWidth(): number {
  const [width, setWidth] = useState(window.innerWidth)
  useEffect(() => {
    const changed = () => setWidth(window.innerWidth)
    window.addEventListener('resize', changed)
    return () => window.removeEventListener('resize', changed)
  }, [])
  return width
}
