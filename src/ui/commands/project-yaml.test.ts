import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { addPlugin, removePlugin, renamePlugin } from './project-yaml.ts'

const layouts: readonly (readonly [what: string, yaml: string])[] = [
  ['nothing yet', 'version: 1\n'],
  ['an empty text', ''],
  ['an empty list', 'version: 1\nplugins: []\n# end\n'],
  ['a key without value', 'plugins:\ngateway: {}\n'],
  [
    'a block list of flow maps',
    'version: 1\nplugins: # mine\n  - { name: a, language: go } # first\n  - { name: b }\ngateway: {}\n',
  ],
  ['a block list at the margin', 'plugins:\n- name: a\n  language: go\n- name: b\n\ntitle: x\n'],
  ['a flow list', 'plugins: [{ name: a }, { name: b }]\n'],
]

describe.each(layouts)('%s', (_, yaml) => {
  const before = parse(yaml)?.plugins ?? []
  test('a plugin is added at the end and everything else stays', () => {
    const after = parse(addPlugin(yaml, 'new', 'wat'))
    expect(after.plugins).toEqual([...before, { name: 'new', language: 'wat' }])
    expect({ ...after, plugins: undefined }).toEqual({ ...parse(yaml), plugins: undefined })
  })
  test('a plugin that was added can be removed', () => {
    const after = parse(removePlugin(addPlugin(yaml, 'new', 'wat'), 'new'))
    expect(after.plugins).toEqual(before)
  })
  test('each plugin can be renamed and removed', () => {
    for (const { name } of before) {
      const renamed = parse(renamePlugin(yaml, name, 'other')).plugins.map((plugin: { name: string }) => plugin.name)
      expect(renamed).toEqual(before.map((plugin: { name: string }) => (plugin.name === name ? 'other' : plugin.name)))
      expect(parse(removePlugin(yaml, name)).plugins).toEqual(
        before.filter((plugin: { name: string }) => plugin.name !== name),
      )
    }
  })
})

test('text that is no YAML map is left alone', () => {
  expect(removePlugin('- a\n- b', 'a')).toBe('- a\n- b')
  expect(renamePlugin('plugins: {', 'a', 'b')).toBe('plugins: {')
})
