import { describe, expect, test } from 'vitest'
import { compilePlugin } from '../compile-worker/node.ts'
import { loadProject } from '../model/project/load.ts'
import { gallery } from './gallery.ts'
import { pluginSources, templateFiles } from './templates.ts'

describe.each(gallery)('the example $name', ({ name }) => {
  const files = templateFiles(name)

  test('loads without a problem', () => {
    expect(loadProject(files).problems).toEqual([])
  })

  test('has a project file first and a scenario', () => {
    expect(Object.keys(files)[0]).toBe('proxyground.yaml')
    expect(Object.keys(files).filter((path) => path.startsWith('scenarios/')).length).toBeGreaterThan(0)
  })

  test.each([...pluginSources(files)])(
    'compiles plugin %s without a warning',
    { timeout: 60_000 },
    async (plugin, sources) => {
      const result = await compilePlugin({ plugin, language: 'assemblyscript', mode: 'check', sources })
      expect(result).toMatchObject({ kind: 'ok', warnings: [] })
    },
  )
})
