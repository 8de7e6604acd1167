import { BottomPanel } from './bottom/BottomPanel.tsx'
import { EditorPane } from './editor/EditorPane.tsx'
import { FilesPane } from './files/FilesPane.tsx'
import { NoticeBar } from './overlays/NoticeBar.tsx'
import { Overlays } from './overlays/Overlays.tsx'
import { RunSide } from './run/RunSide.tsx'
import { AppShell } from './shell/AppShell.tsx'
import { DropTarget } from './shell/DropTarget.tsx'
import { ErrorBoundary } from './shell/ErrorBoundary.tsx'
import { StatusBar } from './shell/StatusBar.tsx'
import { TopBar } from './shell/TopBar.tsx'

export function App() {
  return (
    <>
      <AppShell
        top={<TopBar />}
        files={<FilesPane />}
        editor={
          <ErrorBoundary>
            <EditorPane />
          </ErrorBoundary>
        }
        run={
          <ErrorBoundary>
            <RunSide />
          </ErrorBoundary>
        }
        bottom={<BottomPanel />}
        bottomFull={<BottomPanel full />}
        status={<StatusBar />}
      />
      <Overlays />
      <NoticeBar />
      <DropTarget />
    </>
  )
}
