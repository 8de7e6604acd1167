import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync, strToU8 } from 'fflate'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RunResult } from '../sandbox/entry/api.ts'
import { runCommandLine } from './program.ts'
import type { RunScenario } from './run-project.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'proxyground-cli-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const noRun: RunScenario = () => Promise.reject(new Error('nothing should run'))

async function cli(args: readonly string[], run: RunScenario = noRun) {
  const out: string[] = []
  const err: string[] = []
  const output = { out: (line: string) => void out.push(line), err: (line: string) => void err.push(line) }
  const code = await runCommandLine(args, { output, run, version: '0.0.0' })
  return { code, out: out.join('\n'), err: err.join('\n') }
}

async function write(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const root = join(folder, 'project')
  for (const [path, content] of Object.entries(files)) {
    await mkdir(join(root, path, '..'), { recursive: true })
    await writeFile(join(root, path), content)
  }
  return root
}

const link = (files: unknown): string =>
  `#v1.${Buffer.from(deflateSync(strToU8(JSON.stringify(files)))).toString('base64url')}`

const scenarioText = 'name: a get\nsteps:\n  - request: { url: http://a/ }\n    expect:\n      status: 200\n'

const result = (failures: number): RunResult => ({
  kind: 'finished',
  report: {
    name: 'a get',
    passed: failures === 0,
    failures: Array.from({ length: failures }, () => ({
      step: 0,
      path: 'status',
      expected: 200,
      actual: 503,
      code: 'failure.differs' as const,
      params: { expected: '200', actual: '503 \u001b[31m' },
      message: 'status: expected 200, got 503 \u001b[31m',
    })),
    steps: [
      {
        kind: 'request',
        outcome: 'response',
        started: 'body',
        ended: 'complete',
        upstream: [],
        calls: [],
        redis: [],
        actions: [],
      },
    ],
    findings: [],
    logs: [{ plugin: 'p', level: 'info', message: 'hi\u001b[2J\u202e', at: 0 }],
    accessLog: [],
    metrics: [],
    sharedData: [],
    redis: [],
    traceHash: 'abc',
  },
  trace: {
    plugins: [],
    clockStart: 0n,
    hash: 'abc',
    machineDependent: false,
    dropped: 0,
    length: 0,
    buffers: [],
    strings: [],
  },
  findings: [],
  modules: [],
  wallMs: 1,
  choices: [],
})

const wat = '(module (func (export "proxy_abi_version_0_2_1")))'
const project = { 'plugins/p/plugin.wat': wat, 'scenarios/get.yaml': scenarioText }

describe('share and open', { timeout: 60_000 }, () => {
  it('give back the same files, and the link alone is on standard output', async () => {
    const root = await write(project)
    const shared = await cli(['share', root, '--base', 'https://example.com/'])
    expect(shared).toMatchObject({ code: 0, err: '' })
    expect(shared.out).toMatch(/^https:\/\/example\.com\/#v1\.[A-Za-z0-9_-]+$/)
    const target = join(folder, 'copy')
    expect(await cli(['open', shared.out, target])).toMatchObject({ code: 0 })
    expect(await readFile(join(target, 'plugins/p/plugin.wat'), 'utf8')).toBe(wat)
    expect(await readFile(join(target, 'scenarios/get.yaml'), 'utf8')).toBe(scenarioText)
  })

  it('share points out a secret by file and line, and leaves wasm out', async () => {
    const root = await write({
      ...project,
      'plugins/p/plugin.wasm': Uint8Array.of(0, 97, 115, 109),
      'plugins/p/plugin.yaml': 'defaultConfig:\n  password: hunter2\n',
    })
    const shared = await cli(['share', root])
    expect(shared.err).toContain('plugins/p/plugin.yaml:2:3: password:')
    expect(shared.out).toMatch(/^#v1\./)
  })

  it('open does not replace a file without --force', async () => {
    const target = await write({ 'a.txt': 'mine' })
    const refused = await cli(['open', link({ 'a.txt': 'theirs', 'b.txt': 'new' }), target])
    expect(refused).toMatchObject({ code: 2, out: '' })
    expect(refused.err).toContain('a.txt')
    expect(await readFile(join(target, 'a.txt'), 'utf8')).toBe('mine')
    await expect(readFile(join(target, 'b.txt'))).rejects.toThrow()
    expect(await cli(['open', link({ 'a.txt': 'theirs' }), target, '--force'])).toMatchObject({ code: 0 })
    expect(await readFile(join(target, 'a.txt'), 'utf8')).toBe('theirs')
  })

  it.each(['../out.txt', '/tmp/out.txt', 'a/../../out.txt', 'a\\b'])(
    'open writes nothing for a link with %s',
    async (path) => {
      const target = join(folder, 'target')
      expect(await cli(['open', link({ [path]: 'x', 'ok.txt': 'x' }), target])).toMatchObject({ code: 2, out: '' })
      await expect(readFile(join(target, 'ok.txt'))).rejects.toThrow()
    },
  )

  it.each([true, false])('open does not write through a symbolic link (--force: %s)', async (force) => {
    const target = await write({ 'x.txt': '' })
    const outside = join(folder, 'outside')
    await mkdir(outside)
    await symlink(outside, join(target, 'plugins'))
    await writeFile(join(outside, 'secret.txt'), 'keep')
    await symlink(join(outside, 'secret.txt'), join(target, 'a.txt'))
    const flags = force ? ['--force'] : []
    expect(await cli(['open', link({ 'plugins/evil.txt': 'x' }), target, ...flags])).toMatchObject({ code: 2 })
    expect(await cli(['open', link({ 'a.txt': 'x' }), target, ...flags])).toMatchObject({ code: 2 })
    await expect(readFile(join(outside, 'evil.txt'))).rejects.toThrow()
    expect(await readFile(join(outside, 'secret.txt'), 'utf8')).toBe('keep')
  })

  it('a broken link is a sentence and exit code 2', async () => {
    expect(await cli(['open', '#v1.AAAA', folder])).toEqual({
      code: 2,
      out: '',
      err: 'The link is damaged or was cut off. Copy it again as a whole.',
    })
  })
})

describe('run and test', { timeout: 60_000 }, () => {
  it('a failing scenario says what a service of the project says about itself', async () => {
    const root = await write(project)
    const failed = result(1)
    const message = 'The handler services/a.ts did not answer: Error: no'
    const said = { plugin: '', level: 'error', message, at: 0 } as const
    const told = failed.kind === 'finished' ? { ...failed, report: { ...failed.report, logs: [said, said] } } : failed
    const { out } = await cli(['test', root], () => Promise.resolve(told))
    expect(out.split(message)).toHaveLength(2)
  })

  it('pass with 0, fail with 1 and the line of the expectation', async () => {
    const root = await write(project)
    expect(await cli(['test', root], () => Promise.resolve(result(0)))).toEqual({
      code: 0,
      err: '',
      out: '✓ a get\n\n1 passed, 0 failed',
    })
    const failed = await cli(['test', root], () => Promise.resolve(result(1)))
    expect(failed).toMatchObject({ code: 1 })
    expect(failed.out).toContain('scenarios/get.yaml:5:15: status: expected 200, got 503 \\u001b[31m')
  })

  it('json is the run report and nothing else', async () => {
    const root = await write(project)
    const { out, code } = await cli(['run', root, '--format', 'json'], () => Promise.resolve(result(0)))
    expect(code).toBe(0)
    const report: unknown = JSON.parse(out)
    expect(report).toMatchObject({ version: 1, passed: true, scenarios: [{ name: 'a get', traceHash: 'abc' }] })
    expect(Object.keys(report ?? {})).toEqual(['version', 'passed', 'scenarios'])
  })

  it('run shows steps and logs without letting them steer the terminal', async () => {
    const { out } = await cli(['run', await write(project)], () => Promise.resolve(result(0)))
    expect(out).toContain('1. GET http://a/')
    expect(out).toContain('[info] p: hi\\u001b[2J\\u202e')
    expect(out).not.toContain('\u001b')
  })

  it('the module given by --wasm is the one that runs', async () => {
    const root = await write(project)
    const file = join(folder, 'other.wasm')
    await writeFile(file, Uint8Array.of(1, 2, 3))
    let seen: unknown
    await cli(['test', root, '--wasm', `p=${file}`], (request) => {
      seen = request.modules.p
      return Promise.resolve(result(0))
    })
    expect(seen).toEqual(Uint8Array.of(1, 2, 3))
  })

  it('WAT is compiled, and plugins of one source share the module', async () => {
    const root = await write({ ...project, 'proxyground.yaml': 'plugins: [{ name: p }, { name: q, source: p }]\n' })
    let names: readonly string[] = []
    const { code } = await cli(['test', root], ({ modules }) => {
      names = Object.keys(modules)
      expect(modules.p?.slice(0, 4)).toEqual(Uint8Array.of(0, 97, 115, 109))
      expect(modules.q).toBe(modules.p)
      return Promise.resolve(result(0))
    })
    expect({ code, names }).toEqual({ code: 0, names: ['p', 'q'] })
  })

  it('a guest that meets the deadline fails its scenario by name', async () => {
    const late: RunResult = { kind: 'deadline', plugin: 'p', callback: 'proxy_on_request_headers', afterMs: 5000 }
    const { code, out } = await cli(['test', await write(project)], () => Promise.resolve(late))
    expect(code).toBe(1)
    expect(out).toContain('p: proxy_on_request_headers did not end within 5000 ms')
  })

  it.each<readonly [string, Readonly<Record<string, string>>, readonly string[], string]>([
    ['no folder', {}, ['test', 'nowhere'], 'There is no folder nowhere'],
    [
      'broken YAML',
      { ...project, 'proxyground.yaml': 'titel: x' },
      ['test'],
      'proxyground.yaml:1:1: error: Unknown key titel; did you mean title?',
    ],
    [
      'a broken scenario',
      { ...project, 'scenarios/b.yaml': 'stps: []' },
      ['test'],
      'scenarios/b.yaml:1:1: error: Unknown key stps; did you mean steps?',
    ],
    [
      'no scenarios',
      { 'plugins/p/plugin.wat': wat },
      ['test'],
      'The project has no scenarios to test (scenarios/*.yaml)',
    ],
    [
      'an unknown scenario',
      project,
      ['test', '--scenario', 'x'],
      'There is no scenario x; the project has scenarios/get.yaml',
    ],
    [
      'Rust without a module',
      { ...project, 'plugins/p/plugin.wat': '', 'proxyground.yaml': 'plugins: [{ name: p, language: rust }]' },
      ['test'],
      'is written in rust, which is not compiled here',
    ],
    ['a syntax error', { ...project, 'plugins/p/plugin.wat': '(module' }, ['test'], 'plugins/p/plugin.wat:1:'],
    ['--wasm for no plugin', project, ['test', '--wasm', 'x=y'], '--wasm names the plugin x; the project has p'],
    ['an unknown option', project, ['test', '--nope'], "unknown option '--nope'"],
    ['an unknown format', project, ['test', '--format', 'xml'], 'Allowed choices are text, json'],
  ])('%s cannot run: exit code 2', async (_, files, [command = '', ...rest], message) => {
    const root = await write(files)
    const args = rest[0] === 'nowhere' ? [command, 'nowhere'] : [command, root ?? '', ...rest]
    const ended = await cli(args)
    expect(ended.code).toBe(2)
    expect(ended.err).toContain(message)
  })
})

describe('reading a folder', () => {
  it('does not follow links out of it', async () => {
    const root = await write(project)
    await writeFile(join(folder, 'outside.txt'), 'password: hunter2')
    await symlink(join(folder, 'outside.txt'), join(root, 'plugins/p/notes.yaml'))
    const shared = await cli(['share', root])
    expect(shared.err).toBe('plugins/p/notes.yaml is a link that leads outside and is left out')
  })
})
