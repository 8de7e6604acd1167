import { lazy, Suspense } from 'react'
import { useApp } from '../store/store.ts'
import type { Overlay } from '../store/view.ts'
import { Palette } from './Palette.tsx'

const Shortcuts = lazy(() => import('./Shortcuts.tsx'))
const Names = lazy(() => import('./Names.tsx'))
const SecondTab = lazy(() => import('./SecondTab.tsx'))
const Share = lazy(() => import('./Share.tsx'))
const Examples = lazy(() => import('./Examples.tsx'))
const BadLink = lazy(() => import('./BadLink.tsx'))
const Replace = lazy(() => import('./Replace.tsx'))
const Import = lazy(() => import('./Import.tsx'))
const NewPlugin = lazy(() => import('./NewPlugin.tsx'))

/** What lies over the work; each sheet is fetched when it is first opened. */
export function Overlays() {
  const overlay = useApp(({ view }) => view.overlay)
  return <Suspense fallback={null}>{content(overlay)}</Suspense>
}

function content(overlay: Overlay) {
  switch (overlay.kind) {
    case 'palette':
      return <Palette />
    case 'shortcuts':
      return <Shortcuts />
    case 'title':
    case 'rename':
    case 'new-file':
      return <Names overlay={overlay} />
    case 'second-tab':
      return <SecondTab />
    case 'share':
      return <Share />
    case 'examples':
      return <Examples />
    case 'bad-link':
      return <BadLink failure={overlay.failure} />
    case 'replace':
      return <Replace files={overlay.files} />
    case 'import':
      return <Import key={`${overlay.name}:${overlay.text.length}`} text={overlay.text} name={overlay.name} />
    case 'new-plugin':
      return <NewPlugin first={overlay.language} />
    case 'none':
      return null
  }
}
