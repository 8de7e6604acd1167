import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RunRequest } from '../sandbox/entry/api.ts'
import { executeLoaded } from '../sandbox/entry/libraries.ts'
import { runCommandLine } from './program.ts'
import { languageOf } from './words.ts'

const han = /[\u4e00-\u9fff]/

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'proxyground-lang-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function cli(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const out: string[] = []
  const err: string[] = []
  const output = { out: (line: string) => void out.push(line), err: (line: string) => void err.push(line) }
  const run = (request: RunRequest) => executeLoaded(request, { now: () => 0 })
  const code = await runCommandLine(args, { output, run, version: '0.0.0', environment, stop: Promise.resolve() })
  return { code, out: out.join('\n'), err: err.join('\n') }
}

it.each([
  [[], {}, 'en'],
  [[], { LANG: 'zh_CN.UTF-8' }, 'zh'],
  [[], { LANG: 'zh' }, 'zh'],
  [[], { LANG: 'zhuang' }, 'en'],
  [[], { LANG: 'zh_CN.UTF-8', LC_ALL: 'C' }, 'en'],
  [[], { LANG: 'en_US.UTF-8', LC_MESSAGES: 'zh_TW' }, 'zh'],
  [['test', 'x', '--lang', 'zh'], { LANG: 'en_US' }, 'zh'],
  [['--lang=en', 'test', 'x'], { LANG: 'zh_CN' }, 'en'],
] as const)('%j with %j speaks %s', (args, environment, language) => {
  expect(languageOf(args, environment)).toBe(language)
})

describe('in Chinese', { timeout: 60_000 }, () => {
  it.each(['run', 'test', 'share', 'open', 'serve'])('%s --help has no English sentence', async (command) => {
    const { out, code } = await cli([command, '--help', '--lang', 'zh'])
    expect(code).toBe(0)
    for (const line of out.split('\n').filter((each) => /^ {2}-/.test(each)))
      expect(line.replace(/^ {2}\S+( <\S+>|, --\S+)?/, '')).toMatch(han)
    expect(out).not.toMatch(/Usage|Options|display help|default:|choices:/)
  })

  it.each([
    [['test', 'nowhere'], '没有目录 nowhere'],
    [['test', '--nope'], '未知的选项 --nope'],
    [['tset', 'x'], '未知的命令 tset （是不是 test？）'],
    [['test'], '缺少参数 project'],
    [['test', 'a', 'b'], '参数太多：应为 1 个，实际有 2 个'],
    [['test', 'x', '--format', 'xml'], '选项 --format <FORMAT> 的值 xml 不能用；可以是 text, json'],
    [['test', 'x', '--wasm'], '选项 --wasm <NAME=FILE> 缺少值'],
    [['test', 'x', '--explore', 'many'], '--explore 应为不大于 100000 的整数，实际是 many'],
    [['serve'], '请写明提供什么：--httpbin PORT、--redis PORT，或两者都写。'],
    [['serve', '--redis', 'x'], '--redis 应为 0 到 65535 的端口，实际是 x'],
    [['open', '#v1.AAAA', 'x'], '链接已损坏或被截断，请完整地重新复制。'],
  ])('%j is refused', async (args, message) => {
    expect(await cli(args, { LANG: 'zh_CN.UTF-8' })).toEqual({ code: 2, out: '', err: message })
  })

  it('a problem, a failure and the summary are Chinese; JSON is the same in every language', async () => {
    const project = join(folder, 'p')
    await mkdir(join(project, 'plugins/p'), { recursive: true })
    await mkdir(join(project, 'scenarios'), { recursive: true })
    await writeFile(join(project, 'plugins/p/plugin.wat'), '(module)')
    const scenario = 'steps:\n  - request: { url: "http://127.0.0.1:10000/status/503" }\n    expect: { status: 200 }\n'
    await writeFile(join(project, 'scenarios/a.yaml'), scenario)
    const { out, err, code } = await cli(['test', project, '--explore', '1', '--lang', 'zh'])
    expect(code).toBe(1)
    expect(out).toContain('status: 应为 200，实际是')
    expect(out).toContain('0 个通过，1 个失败')
    expect(out).toContain('1 种顺序，结果全部相同')
    expect(err).toContain('插件 p 无法加载：')
    const json = ['test', project, '--format', 'json', '--lang']
    expect((await cli([...json, 'zh'])).out).toBe((await cli([...json, 'en'])).out)
    await writeFile(join(project, 'scenarios/a.yaml'), 'stps: []')
    expect((await cli(['test', project, '--lang', 'zh'])).err).toBe(
      'scenarios/a.yaml:1:1: 错误: 未知的键 stps；是不是 steps？',
    )
  })
})
