import '@xterm/xterm/css/xterm.css'
import { FitAddon } from '@xterm/addon-fit'
import { type ITheme, Terminal } from '@xterm/xterm'
import { TerminalSession } from './terminal-session.ts'

/** The one terminal of the page: it outlives the pane it is shown in, so that changing tabs loses nothing. */
export type TerminalHost = { attach(container: HTMLElement): () => void; focus(): void }

let host: TerminalHost | undefined

export function terminalHost(label: string): TerminalHost {
  host ??= createHost(label)
  return host
}

function createHost(label: string): TerminalHost {
  const element = document.createElement('div')
  element.className = 'terminal-host'
  const terminal = new Terminal({
    fontFamily: cssValue('--font-code') || 'monospace',
    fontSize: 12,
    lineHeight: 1.4,
    cursorBlink: false,
    cursorInactiveStyle: 'outline',
    scrollback: 5000,
    screenReaderMode: true,
    theme: themeNow(),
  })
  const fit = new FitAddon()
  terminal.loadAddon(fit)
  let session: TerminalSession | undefined
  terminal.onData((data) => session?.input(data))
  // Ctrl+C copies when something is selected, as in every terminal of a desktop. Tab completes where there is something
  // to complete and leaves an empty line; Shift+Tab leaves always, so that the keyboard is never held (WCAG 2.1.2).
  terminal.attachCustomKeyEventHandler((event) => {
    if (event.type !== 'keydown') return true
    const mod = event.ctrlKey || event.metaKey
    if (mod && event.key.toLowerCase() === 'c' && (event.shiftKey || terminal.hasSelection())) {
      // With Shift it is always a copy: never an interrupt, and not the browser's own tools.
      event.preventDefault()
      if (terminal.hasSelection()) void navigator.clipboard?.writeText(terminal.getSelection())
      terminal.clearSelection()
      return false
    }
    if (mod && event.key === 'Enter') return false
    if (mod && event.key.toLowerCase() === 'v') return false
    if (event.key === 'Tab') return !event.shiftKey && session?.isEmpty === false
    return event.key !== 'F1'
  })
  return {
    attach(container) {
      container.append(element)
      if (session === undefined) {
        terminal.open(element)
        terminal.textarea?.setAttribute('aria-label', label)
        fit.fit()
        session = new TerminalSession({
          write: (text) => terminal.write(text),
          clear: () => terminal.write('\x1b[2J\x1b[3J\x1b[H'),
          get columns() {
            return terminal.cols
          },
        })
      }
      const resize = new ResizeObserver(() => {
        if (container.clientHeight === 0) return
        fit.fit()
        session?.resized()
      })
      resize.observe(container)
      const stopTheme = onThemeChange(() => {
        terminal.options.theme = themeNow()
      })
      return () => {
        resize.disconnect()
        stopTheme()
        element.remove()
      }
    },
    focus: () => terminal.focus(),
  }
}

const cssValue = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim()

function themeNow(): ITheme {
  return {
    background: cssValue('--surface'),
    foreground: cssValue('--ink-2'),
    cursor: cssValue('--ink'),
    cursorAccent: cssValue('--surface'),
    selectionBackground: cssValue('--active'),
    red: cssValue('--bad'),
    magenta: cssValue('--act-hang'),
    green: cssValue('--act-continue'),
    brightBlack: cssValue('--ink-3'),
    white: cssValue('--ink'),
    brightWhite: cssValue('--ink'),
  }
}

/** Chosen theme (on the root element) or the system's. */
function onThemeChange(changed: () => void): () => void {
  const observer = new MutationObserver(changed)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  const media = window.matchMedia('(prefers-color-scheme: dark)')
  media.addEventListener('change', changed)
  return () => {
    observer.disconnect()
    media.removeEventListener('change', changed)
  }
}
