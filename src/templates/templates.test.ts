import { describe, expect, test } from 'vitest'
import { compilePlugin } from '../compile-worker/node.ts'
import { loadProject } from '../model/project/load.ts'
import { executeRun } from '../sandbox/entry/execute-run.ts'
import { gallery } from './gallery.ts'
import { pluginSources, templateFiles } from './templates.ts'
import { expectGoldenTrace } from './test-golden.ts'

async function compileAll(files: Readonly<Record<string, string>>) {
  const modules: Record<string, Uint8Array> = {}
  for (const [plugin, sources] of pluginSources(files)) {
    const result = await compilePlugin({ plugin, language: 'assemblyscript', mode: 'debug', sources })
    if (result.kind !== 'ok') throw new Error(`${plugin}: ${JSON.stringify(result)}`)
    expect(result.warnings).toEqual([])
    modules[plugin] = result.wasm
  }
  return modules
}

/** Examples with a golden trace; `UPDATE_GOLDEN=1 npx vitest run src/templates` writes them anew. */
const golden = new Set([
  'hello-header',
  'mock-response',
  'auth-call',
  'body-rewrite',
  'two-plugins',
  'never-resumed',
  'eval-limiter',
  'circuit-breaker',
  'stream-events',
  'retry-503',
  'cache-ttl',
])

test.each(gallery)('the example $name opens under the title of its card', ({ name, title }) => {
  expect(loadProject(templateFiles(name)).project?.title).toBe(title.en)
})

// Those in Go run in conformance/wasm-go/templates.test.ts, where Go builds them.
describe.each(gallery.filter(({ language }) => language !== 'go'))(
  'the example $name',
  { timeout: 60_000 },
  ({ name, broken }) => {
    const files = templateFiles(name)
    const { project, problems } = loadProject(files)
    let modules: Promise<Record<string, Uint8Array>> | undefined

    test('loads without a problem and begins with its project file', () => {
      expect(problems).toEqual([])
      expect(Object.keys(files)[0]).toBe('proxyground.yaml')
      expect(project?.scenarios.length).toBeGreaterThan(0)
    })

    test.each(project?.scenarios ?? [])('passes its scenario $name', async ({ file }) => {
      modules ??= compileAll(files)
      const result = executeRun({ files, modules: await modules, scenario: { file } }, { now: () => 0 })
      if (result.kind !== 'finished') throw new Error(JSON.stringify(result))
      expect(result.modules.filter(({ loaded }) => !loaded)).toEqual([])
      // An example that is meant to work gives no cause for an explanation, but where its scenario breaks a service.
      if (!files[file]?.includes('findings:')) expect(result.findings.length > 0).toBe(broken)
      expect(result.report.failures).toEqual([])
      expect(result.report.passed).toBe(true)
      const first = file === project?.scenarios[0]?.file
      if (first && golden.has(name)) expectGoldenTrace(name, result.trace)
    })
  },
)
