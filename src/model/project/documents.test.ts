import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { loadProject } from './load.ts'

const document = readFileSync(new URL('../../../docs/project-files.md', import.meta.url), 'utf8')
const blocks = [...document.matchAll(/^```yaml (project|plugin|scenario)\n(.*?)^```$/gms)].map(
  ([, kind = '', text = '']) => ({ kind, text }),
)

/** A project around the block that has what the block speaks of. */
const around: Readonly<Record<string, (text: string) => Record<string, string>>> = {
  project: (text) => ({ 'proxyground.yaml': text }),
  plugin: (text) => ({ 'plugins/limiter/plugin.yaml': text }),
  scenario: (text) => ({
    'proxyground.yaml':
      'gateway:\n  clusters: { httpbin: { kind: httpbin }, outbound|6379||redis.dns: { kind: redis } }\n',
    'scenarios/one.yaml': text,
  }),
}

test('the document shows every kind of file', () => {
  expect(new Set(blocks.map(({ kind }) => kind))).toEqual(new Set(Object.keys(around)))
})

test.each(blocks)('the $kind file of docs/project-files.md loads without a problem: $text', ({ kind, text }) => {
  const files = { 'plugins/limiter/plugin.wat': '(module)', ...around[kind]?.(text) }
  expect(loadProject(files).problems).toEqual([])
})
