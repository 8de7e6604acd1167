import { expect, test } from 'vitest'
import { placeOfEdit } from './finding-edit.ts'

const edit = { plugin: 'a', callback: '', replace: 'old', with: 'new' }

test('an edit is offered where its text stands exactly once in the plugin', () => {
  expect(placeOfEdit(edit, { 'plugins/a/plugin.ts': 'x\nold y', 'plugins/b/plugin.ts': 'old' })).toEqual({
    path: 'plugins/a/plugin.ts',
    line: 2,
    after: 'x\nnew y',
  })
})

test('a text that is absent or stands twice offers nothing', () => {
  expect(placeOfEdit(edit, { 'plugins/a/plugin.ts': 'x' })).toBeUndefined()
  expect(placeOfEdit(edit, { 'plugins/a/plugin.ts': 'old old' })).toBeUndefined()
})
