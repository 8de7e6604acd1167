import { type Command, commands } from '../commands/registry.ts'
import { getApp } from '../store/store.ts'
import { isPressed } from './keys.ts'

/**
 * One listener before all others, so that run and build work inside the editor too. No key fires while an input
 * method composes or AltGr is down; single signs act only outside text (WCAG 2.1.4).
 */
export function startShortcuts(): () => void {
  window.addEventListener('keydown', onKeyDown, { capture: true })
  return () => window.removeEventListener('keydown', onKeyDown, { capture: true })
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.isComposing || event.getModifierState('AltGraph')) return
  const command = commands.find((candidate) => candidate.keys?.some((keys) => isPressed(keys, event)) === true)
  if (command === undefined || !mayFire(command, event)) return
  event.preventDefault()
  event.stopPropagation()
  command.run()
}

function mayFire(command: Command, event: KeyboardEvent): boolean {
  const { overlay } = getApp().view
  if (overlay.kind !== 'none' && overlay.kind !== 'palette') return false
  if (command.only?.() === false) return false
  const target = event.target instanceof Element ? event.target : null
  const inEditor = target?.closest('.monaco-editor') != null
  const inText = inEditor || target?.closest('input, textarea, select, [contenteditable], .xterm') != null
  if (command.outside === 'editor') return !inEditor
  return command.outside === 'text' ? !inText : true
}
