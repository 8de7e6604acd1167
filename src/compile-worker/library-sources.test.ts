import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { gallery } from '../templates/gallery.ts'
import { templateFiles } from '../templates/templates.ts'
import { ignoredTypeScriptCodes, librarySources, servicePath } from './library-sources.ts'

const tsc = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url))

/** TypeScript's opinion of the examples with our libraries, as the editor's service has it (toolchains.md 2). */
function typeErrors(files: Readonly<Record<string, string>>): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'proxyground-types-'))
  try {
    const config = {
      compilerOptions: {
        target: 'esnext',
        module: 'esnext',
        moduleResolution: 'bundler',
        noLib: true,
        types: [],
        strict: false,
        noEmit: true,
        experimentalDecorators: true,
      },
      include: ['plugins/**/*.ts', 'node_modules/assemblyscript/**/*.d.ts'],
    }
    for (const [path, text] of Object.entries({
      ...librarySources,
      ...files,
      'tsconfig.json': JSON.stringify(config),
    })) {
      mkdirSync(join(folder, dirname(path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    const { stdout } = spawnSync(process.execPath, [tsc, '-p', folder, '--pretty', 'false'], {
      encoding: 'utf8',
      cwd: folder,
    })
    return stdout.split('\n').filter((line) => {
      const code = Number(/error TS(\d+)/.exec(line)?.[1] ?? 0)
      return code !== 0 && !ignoredTypeScriptCodes.includes(code)
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('the examples and the SDK have no false errors in the editor', { timeout: 60_000 }, () => {
  const plugins = gallery.flatMap(({ name }) =>
    Object.entries(templateFiles(name))
      .filter(([path]) => path.endsWith('.ts'))
      .map(([path, text]) => [path.replace('plugins/', `plugins/${name}/`), text] as const),
  )
  expect(plugins.length).toBeGreaterThan(6)
  expect(typeErrors(Object.fromEntries(plugins))).toEqual([])
})

test('a wrong member is found', { timeout: 60_000 }, () => {
  const text =
    "import { HttpContext } from '@proxyground/sdk'\nexport class C extends HttpContext { f(): void { this.requestHeader.get('a') } }\n"
  expect(typeErrors({ 'plugins/p/plugin.ts': text })).toEqual([
    expect.stringContaining("plugin.ts(2,55): error TS2551: Property 'requestHeader' does not exist"),
  ])
})

test('a place in the library leads to a file that the service has', () => {
  expect(Object.keys(librarySources)).toContain(servicePath('~lib/@proxyground/sdk/core/headers.ts'))
})
