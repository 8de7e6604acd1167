import { describe, expect, test } from 'vitest'
import { loadProject } from '../../src/model/project/load.ts'
import { executeRun } from '../../src/sandbox/entry/execute-run.ts'
import { gallery } from '../../src/templates/gallery.ts'
import { pluginSources, templateFiles } from '../../src/templates/templates.ts'
import { expectGoldenTrace, withoutGoRuntime } from '../../src/templates/test-golden.ts'
import { goMissing } from '../go-sdk/build-guest.ts'
import { buildPlugin } from '../go-sdk/build-plugin.ts'

/**
 * Every kind of callback and host call once; `UPDATE_GOLDEN=1 npx vitest run conformance/wasm-go/templates.test.ts` writes
 * them anew.
 */
const golden = new Set([
  'go-mock-response',
  'go-http-call',
  'go-edit-bodies',
  'go-stream-events',
  'go-key-auth',
  'go-ai-statistics',
  'go-tinygo-headers',
  'go-tcp-guard',
  'go-pause-post',
])

const inGo = gallery.filter(({ language }) => language === 'go')

describe.skipIf(goMissing)('examples in Go, built with the Go of this machine', { timeout: 300_000 }, () => {
  describe.each(inGo)('the example $name', ({ name, broken }) => {
    const files = templateFiles(name)
    const { project, problems } = loadProject(files)
    let modules: Record<string, Uint8Array> | undefined
    const build = () => {
      modules ??= Object.fromEntries(
        [...pluginSources(files)].map(([plugin, sources]) => {
          const built = buildPlugin(sources, project?.plugins.find((known) => known.name === plugin)?.sdk)
          if (built.kind === 'failed') throw new Error(`${name}/${plugin} does not build:\n${built.output}`)
          return [plugin, built.wasm]
        }),
      )
      return modules
    }

    test('loads without a problem, begins with its project file, and is written for Go', () => {
      expect(problems).toEqual([])
      expect(Object.keys(files)[0]).toBe('proxyground.yaml')
      expect(project?.plugins.map(({ language }) => language)).toEqual(['go'])
      expect(project?.scenarios.length).toBeGreaterThan(0)
    })

    test.each(project?.scenarios ?? [])('passes its scenario $name', ({ file }) => {
      const result = executeRun({ files, modules: build(), scenario: { file } }, { now: () => 0 })
      if (result.kind !== 'finished') throw new Error(JSON.stringify(result))
      expect(result.modules.filter(({ loaded }) => !loaded)).toEqual([])
      expect(result.report.failures).toEqual([])
      expect(result.report.passed).toBe(true)
      // A broken example names its defect in the first scenario; the others give no cause for an explanation.
      const first = file === project?.scenarios[0]?.file
      if (first && golden.has(name)) expectGoldenTrace(name, result.trace, withoutGoRuntime)
      // A scenario that breaks a service says itself what is found.
      if (files[file]?.includes('findings:')) return
      const serious = result.findings.filter(({ severity }) => severity !== 'note')
      expect(serious.map(({ rule }) => rule)).toEqual(broken && first ? [expect.any(String)] : [])
    })
  })
})
