import { RunSide } from './run/RunSide.tsx'
import { AppShell } from './shell/AppShell.tsx'
import { TopBar } from './shell/TopBar.tsx'

export function App() {
  return (
    <AppShell
      top={<TopBar />}
      files={<nav />}
      editor={<div className="grow" />}
      run={<RunSide />}
      bottom={null}
      status={<footer className="statusbar" />}
    />
  )
}
