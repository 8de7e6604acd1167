import { expect, test } from 'vitest'
import { isPressed } from './keys.ts'

const press = (key: string, held: readonly ('ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey')[] = []) => ({
  key,
  ctrlKey: held.includes('ctrlKey'),
  shiftKey: held.includes('shiftKey'),
  altKey: held.includes('altKey'),
  metaKey: held.includes('metaKey'),
})

test.each([
  ['Mod+Enter', press('Enter', ['ctrlKey']), true],
  ['Mod+Enter', press('Enter'), false],
  ['Mod+S', press('s', ['ctrlKey']), true],
  ['Mod+S', press('S', ['ctrlKey', 'shiftKey']), false],
  ['Mod+Shift+P', press('P', ['ctrlKey', 'shiftKey']), true],
  ['F8', press('F8'), true],
  ['F8', press('F8', ['shiftKey']), false],
  ['Shift+F8', press('F8', ['shiftKey']), true],
  ['?', press('?', ['shiftKey']), true],
  ['?', press('?', ['ctrlKey']), false],
  ['Mod+K', press('k', ['ctrlKey', 'altKey']), false],
])('%s against %j: %s', (keys, event, pressed) => {
  expect(isPressed(keys, event)).toBe(pressed)
})
