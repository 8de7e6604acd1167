import './terminal.css'
import { useEffect, useRef } from 'react'
import { useText } from '../text.ts'
import { terminalHost } from './xterm-screen.ts'

/** The gateway documents' own way of working, against the emulator. */
export default function TerminalPane() {
  const t = useText()
  const container = useRef<HTMLDivElement>(null)
  const label = t('terminal.label')
  useEffect(() => {
    if (container.current === null) return
    return terminalHost(label).attach(container.current)
  }, [label])
  return <div className="terminal-pane" ref={container} />
}
