/** A shortcut as written in the command table: `Mod` is Ctrl, or Command on a Mac. */
export type Keys = string

const isMac = typeof navigator !== 'undefined' && /Mac|iP(?:hone|ad)/.test(navigator.platform)

const shown: Readonly<Record<string, string>> = {
  Mod: isMac ? '⌘' : 'Ctrl',
  Ctrl: 'Ctrl',
  Shift: isMac ? '⇧' : 'Shift',
  Alt: isMac ? '⌥' : 'Alt',
  Enter: '↵',
}

/** The shortcut as this machine's keyboard says it. */
export const keyText = (keys: Keys): string =>
  keys
    .split('+')
    .map((part) => shown[part] ?? part)
    .join(isMac ? '' : ' ')

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>

/** Whether an event is this shortcut. Letters ignore case; a shifted sign (`?`) is written without Shift. */
export function isPressed(keys: Keys, event: Press): boolean {
  const parts = keys.split('+')
  const key = parts.at(-1) ?? ''
  const mod = parts.includes('Mod')
  const control = parts.includes('Ctrl') || (mod && !isMac)
  const command = mod && isMac
  const shift = parts.includes('Shift')
  const alt = parts.includes('Alt')
  if (event.ctrlKey !== control || event.metaKey !== command || event.altKey !== alt) return false
  const letter = key.length > 1 || /[a-z]/i.test(key)
  return event.key.toLowerCase() === key.toLowerCase() && (!letter || event.shiftKey === shift)
}
