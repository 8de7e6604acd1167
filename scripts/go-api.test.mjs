import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { differences, goApi, listing, packages } from './go-api.mjs'
import { copies } from './go-generations.mjs'

const sdk = fileURLToPath(new URL('../sdk/go', import.meta.url))
const goMinor = Number(/go1\.(\d+)/.exec(spawnSync('go', ['version'], { encoding: 'utf8' }).stdout ?? '')?.[1] ?? 0)
const noGo = goMinor < 24

const higress = 'github.com/higress-group/proxy-wasm-go-sdk/proxywasm'
const tetratelabs = 'github.com/tetratelabs/proxy-wasm-go-sdk/proxywasm'
const proxyWasm = 'github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm'
const properties = (path) => path.replace(/proxywasm$/, 'properties')

test('the texts that all generations share are up to date in each', () => {
  for (const [path, text] of copies(sdk)) expect(readFileSync(`${sdk}/${path}`, 'utf8'), path).toBe(text)
})

describe.skipIf(noGo)('the public API of proxywasm', { timeout: 300_000 }, () => {
  test('has every name and signature of the real modules', () => {
    const paths = [higress, `${higress}/types`, tetratelabs, `${tetratelabs}/types`, properties(tetratelabs)]
    expect(differences(paths)).toEqual([])
    // The Higress reference does not list `properties`; its texts are the same.
    expect(goApi(['same', `${sdk}/${properties(tetratelabs)}`, `${sdk}/${properties(higress)}`])).toBe('')
  })

  test('of proxy-wasm is the one of tetratelabs, and neither has a name more', () => {
    const same = (left, right) => goApi(['same', `${sdk}/${left}`, `${sdk}/${right}`])
    for (const folder of ['', '/types']) {
      expect(same(tetratelabs + folder, proxyWasm + folder)).toBe('')
      expect(same(proxyWasm + folder, tetratelabs + folder)).toBe('')
    }
    const listed = sectionOf(tetratelabs)
    expect(
      goApi(['list', `${sdk}/${tetratelabs}`])
        .trim()
        .split('\n').length,
    ).toBe(listed.length)
  })

  test('of Higress has no name more than the real one', () => {
    for (const path of [higress, `${higress}/types`]) {
      const names = (lines) => new Set(lines.map((line) => /^(?:func (?:\(\S+\) )?|\w+ )(\w+)/.exec(line)?.[1]))
      const ours = names(
        goApi(['list', `${sdk}/${path}`])
          .trim()
          .split('\n'),
      )
      expect([...ours].filter((name) => !names(sectionOf(path)).has(name))).toEqual([])
    }
  })

  test('is listed in sdk/go/api as it is now (node scripts/go-api.mjs)', () => {
    for (const path of [higress, `${higress}/types`, tetratelabs, `${tetratelabs}/types`]) {
      const { file, text } = listing(path)
      expect(readFileSync(file, 'utf8'), path).toBe(text)
    }
  })

  test('is missed when a name goes or changes: the comparison can fail', () => {
    const folder = mkdtempSync(join(tmpdir(), 'go-api-'))
    try {
      const reference = join(folder, 'reference.txt')
      const lines = [
        `## ${higress}`,
        'func Vanished() error',
        'func LogInfo(message []byte)',
        'func GetProperty(other []string) (data []byte, e error)',
        'func (*MetricGauge) Value() int64',
      ]
      writeFileSync(reference, lines.join('\n'))
      expect(goApi(['compare', reference, sdk]).trim().split('\n')).toEqual([
        `${higress}: lacks func Vanished() error`,
        `${higress}: has func LogInfo(string), not func LogInfo([]byte)`,
        `${higress}: has func (MetricGauge) Value() int64, not func (*MetricGauge) Value() int64`,
      ])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe.skipIf(noGo)('the public API of wasm-go', { timeout: 300_000 }, () => {
  const root = 'github.com/higress-group/wasm-go/pkg/'
  const all = packages().filter((path) => path.startsWith(root))

  test('has every name and signature of the real module, but for what MCP servers of other kinds need', () => {
    const lacking = differences(all)
    expect(lacking.filter((line) => !line.startsWith(`${root}mcp/server: lacks `))).toEqual([])
    const words =
      /Security|McpProxy|TransportProtocol|Credential|EndpointURL|Backend|Composed|Mcp(Protocol|Session)|RestMCP|SSEMessage|StoreServerState|ValidateToolConfig/
    expect(lacking.filter((line) => !words.test(line))).toEqual([])
  })

  test('is listed in sdk/go/api as it is now (node scripts/go-api.mjs)', () => {
    for (const path of all) {
      const { file, text } = listing(path)
      expect(readFileSync(file, 'utf8'), path).toBe(text)
    }
  })
})

/** Lines of one package in the reference. */
function sectionOf(path) {
  const text = readFileSync(`${sdk}/api/reference.txt`, 'utf8')
  return text.split(`## ${path}\n`)[1].split('\n\n')[0].trim().split('\n')
}
