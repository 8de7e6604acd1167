import { describe, expect, test } from 'vitest'
import { jsonSchemas } from '../../model/project/json-schema.ts'
import { yamlContext } from './context.ts'
import { suggest } from './suggest.ts'

/** `|` is the caret. */
function at(text: string) {
  const offset = text.indexOf('|')
  return yamlContext(text.slice(0, offset) + text.slice(offset + 1), offset)
}

describe('where the caret stands', () => {
  test.each([
    ['|', [], 'key'],
    ['gateway:\n  |', ['gateway'], 'key'],
    ['gateway:\n  profile: |', ['gateway', 'profile'], 'value'],
    ['gateway:\n  profile: x\n  timeouts:\n    stream|', ['gateway', 'timeouts'], 'key'],
    ['gateway:\n  profile: x\n\n# why\ntit|', [], 'key'],
    ['plugins:\n  - name: a\n    |', ['plugins', '[]'], 'key'],
    ['plugins:\n- name: a\n- |', ['plugins', '[]'], 'key'],
    ['plugins:\n- name: a\n  |', ['plugins', '[]'], 'key'],
    ['plugins:\n  - { name: a, lang|', ['plugins', '[]'], 'key'],
    ['plugins:\n  - { name: a, language: |', ['plugins', '[]', 'language'], 'value'],
    ['gateway: { timeouts: { |', ['gateway', 'timeouts'], 'key'],
    ['plugins: [{ name: a }, { |', ['plugins', '[]'], 'key'],
    ['steps:\n  - request:\n      url: x\n    expect:\n      |', ['steps', '[]', 'expect'], 'key'],
    ['steps:\n  - request: { method: GET }\n  - |', ['steps', '[]'], 'key'],
  ] as const)('%j', (text, path, kind) => {
    expect(at(text)).toMatchObject({ path, at: kind })
  })

  test('keys of the same map are known, those of other maps are not', () => {
    expect(at('plugins:\n  - name: a\n    |\n    sdk: x\n  - language: go\n').present.toSorted()).toEqual([
      'name',
      'sdk',
    ])
    expect(at('gateway: { profile: a, |').present).toEqual(['profile'])
  })
})

describe('what the schema of the project knows there', () => {
  const labels = (schema: 'project' | 'plugin' | 'scenario', text: string) =>
    suggest(jsonSchemas()[schema], at(text)).map(({ label }) => label)

  test.each([
    ['project', '|', ['version', 'title', 'gateway', 'plugins']],
    ['project', 'gateway:\n  profile: |', ['higress-2.2', 'higress-2.1', 'envoy-1.40']],
    ['project', 'plugins:\n  - { language: |', ['assemblyscript', 'wat', 'wasm']],
    ['scenario', 'steps:\n  - |', ['request', 'expect', 'advance']],
    ['scenario', 'steps:\n  - request:\n      |', ['method', 'url', 'headers', 'body']],
    ['plugin', '|', ['phase', 'priority', 'defaultConfig']],
  ] as const)('%s %j', (schema, text, expected) => {
    expect(labels(schema, text)).toEqual(expect.arrayContaining([...expected]))
  })
})
