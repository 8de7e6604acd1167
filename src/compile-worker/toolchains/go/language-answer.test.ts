import { expect, test } from 'vitest'
import type { Bundle } from './bundle.ts'
import type { Driver } from './driver.ts'
import type { DriverAnswer } from './driver-protocol.ts'
import { languageAnswer, readsDocs } from './language-answer.ts'

const place = { file: 'main.go', line: 1, column: 1 }
const range = { file: 'header.go', line: 40, column: 1, endLine: 40, endColumn: 4 }

const file = { name: 'x', file: 'x', bytes: 1, compressed: 1 }
const packs = new Map([
  ['sources-net.pack', new Map([['net/http/header.go', new TextEncoder().encode('package http // 头')]])],
  ['sources.pack', new Map([['a.org/b/header.go', new TextEncoder().encode('package b')]])],
])
const bundle: Bundle = {
  manifest: {
    key: '',
    goVersion: '',
    packages: new Map(),
    files: new Map([...packs.keys()].map((name) => [name, file])),
  },
  program: () => Promise.reject(new Error('no program is needed')),
  rest: () => Promise.resolve(undefined),
  pack: (name) => Promise.resolve(packs.get(name) ?? new Map()),
  release: async () => undefined,
  keep: async () => undefined,
}

function definition(answer: DriverAnswer) {
  const driver: Driver = { ask: () => answer, addDocs() {} }
  const query = { language: 'go', sdk: 'higress', plugin: 'p', sources: {}, ask: 'definition', at: place } as const
  return languageAnswer(bundle, driver, query)
}

test.each([
  ['net/http', 'net/http/header.go', 'package http // 头'],
  ['a.org/b', 'a.org/b/header.go', 'package b'],
])('a declaration in %s comes with its source', async (importPath, name, text) => {
  expect(await definition({ kind: 'definition-outside', importPath, range })).toEqual({
    ask: 'definition',
    range: { ...range, file: name },
    text,
  })
})

test('a declaration whose source the bundle does not have leads nowhere', async () => {
  for (const importPath of ['os', 'net/url', 'c.org/d']) {
    expect(await definition({ kind: 'definition-outside', importPath, range })).toEqual({ ask: 'nothing' })
  }
})

test('a declaration in the plugin is a place', async () => {
  expect(await definition({ kind: 'definition', range })).toEqual({ ask: 'definition', range })
})

test('a renaming asks for the new name, and comes with its edits or with why not', async () => {
  const asked: unknown[] = []
  const edits = [{ ...range, text: 'Most' }]
  const answering = (answer: DriverAnswer): Driver => ({
    ask(request) {
      asked.push(request)
      return answer
    },
    addDocs() {},
  })
  const query = {
    language: 'go',
    sdk: 'higress',
    plugin: 'p',
    sources: {},
    ask: 'rename',
    at: place,
    to: 'Most',
  } as const
  expect(await languageAnswer(bundle, answering({ kind: 'renamed', edits }), query)).toEqual({ ask: 'rename', edits })
  expect(asked).toEqual([{ op: 'rename', sdk: 'higress', sources: {}, at: place, to: 'Most' }])
  const refused = { reason: 'broken', message: 'main.go:1:1 undefined: x' } as const
  expect(await languageAnswer(bundle, answering({ kind: 'not-renamed', ...refused }), query)).toEqual({
    ask: 'not-renamed',
    ...refused,
  })
})

test('documentation is loaded for what shows it, not for the outline that an editor asks for at once', () => {
  const shows = (['complete', 'hover', 'definition', 'signature'] as const).map(readsDocs)
  const others = (['outline', 'references', 'rename', 'format', 'imports'] as const).map(readsDocs)
  expect([shows.every(Boolean), others.some(Boolean)]).toEqual([true, false])
})
