/** The built command line as a user runs it, guests in real threads. No browser is involved. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'

const root = fileURLToPath(new URL('..', import.meta.url))

function proxyground(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/node/cli.js', ...args], {
    cwd: root,
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

function write(folder: string, files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

const get = 'steps:\n  - request: { url: "http://127.0.0.1:10000/get" }\n    expect: { status: 200 }\n'

const reportKeys = 'accessLog failures findings logs metrics name passed redis sharedData steps traceHash'.split(' ')

/** A plugin in WAT whose request headers callback is `body`. */
const plugin = (body: string): string => `(module
  (memory (export "memory") 1)
  (func (export "proxy_abi_version_0_2_1"))
  (func (export "malloc") (param i32) (result i32) (i32.const 1024))
  (func (export "proxy_on_context_create") (param i32 i32))
  (func (export "proxy_on_vm_start") (param i32 i32) (result i32) (i32.const 1))
  (func (export "proxy_on_configure") (param i32 i32) (result i32) (i32.const 1))
  (func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32) ${body}))`

test('a folder and its link give the same trace, as a run report', () => {
  const folder = 'src/templates/hello-header'
  const link = proxyground('share', folder).stdout.trim()
  expect(link.length).toBeLessThan(1000)
  const hashes = [folder, link].map((source) => {
    const { status, stdout } = proxyground('run', source, '--format', 'json')
    expect(status).toBe(0)
    const report = JSON.parse(stdout)
    expect(Object.keys(report)).toEqual(['version', 'passed', 'scenarios'])
    expect(Object.keys(report.scenarios[0]).sort()).toEqual(reportKeys)
    return report.scenarios[0].traceHash
  })
  expect(hashes[0]).toMatch(/^[0-9a-f]{16,}$/)
  expect(hashes[1]).toBe(hashes[0])
})

test('a failed expectation is exit code 1, with file and line', () => {
  const folder = write(test.info().outputPath('project'), {
    'plugins/p/plugin.wat': plugin('(i32.const 0)'),
    'scenarios/get.yaml': get.replace('200', '418'),
  })
  const { status, stdout } = proxyground('test', folder)
  expect(stdout).toContain('scenarios/get.yaml:3:23: status: expected 418, got 200')
  expect(status).toBe(1)
})

test('an endless loop is stopped, and the callback named', () => {
  const folder = write(test.info().outputPath('project'), {
    'plugins/p/plugin.wat': plugin('(loop $again (br $again)) (i32.const 0)'),
    'scenarios/get.yaml': get,
  })
  const { status, stdout } = proxyground('test', folder)
  expect(stdout).toContain('p: proxy_on_request_headers did not end within 5000 ms')
  expect(status).toBe(1)
})

test('sources that do not compile are exit code 2, with file and line', () => {
  const folder = write(test.info().outputPath('project'), {
    'plugins/p/plugin.ts': 'let x: i32 =\n',
    'scenarios/get.yaml': get,
  })
  const { status, stdout, stderr } = proxyground('test', folder)
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toMatch(/plugins\/p\/plugin\.ts:\d+:\d+: error/)
})

test('bytes that are no module are told by the text of a real host', () => {
  const folder = write(test.info().outputPath('project'), {
    'plugins/p/plugin.wat': plugin('(i32.const 0)'),
    'scenarios/get.yaml': get,
  })
  const file = test.info().outputPath('noise.wasm')
  writeFileSync(file, Uint8Array.of(1, 2, 3, 4))
  const { status, stderr } = proxyground('test', folder, '--wasm', `p=${file}`)
  expect(status).toBe(1)
  expect(stderr).toContain('The plugin p does not load: ')
})

test('the command of the package is the built one', () => {
  expect(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).bin.proxyground).toBe('bin/proxyground.mjs')
  const { status, stdout } = spawnSync(process.execPath, ['bin/proxyground.mjs', '--version'], {
    cwd: root,
    encoding: 'utf8',
  })
  expect({ status, stdout }).toEqual({ status: 0, stdout: '0.1.0\n' })
})
