import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { bundleFolder } from '../../node-bundle.ts'
import { buildPlan } from './build.ts'
import { openBundle } from './bundle.ts'
import { shortenHashes } from './columns.ts'
import { diskSource } from './disk-source.node.ts'
import { createDriver } from './driver.ts'
import type { BundleSource } from './source.ts'

/** Go of this machine, if the bundle was made with that version. */
function sameGo(): boolean {
  const file = `${bundleFolder()}/manifest.json`
  const { goVersion } = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { goVersion: 'none' }
  return spawnSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' }).stdout?.trim() === goVersion
}

const here = sameGo()
if (!here) console.warn('The bundle and this machine have no Go in common: the bytes of the two are not compared.')

const common = {
  'main.go': `package main

import (
	"fmt"
	"net/http"
	"sort"
	"strings"

	"github.com/tidwall/gjson"
)

func main() {}

type pair[K comparable, V any] struct{ key K; value V }

func init() {
	header := http.Header{"a": {"b"}}
	names := []pair[string, int]{}
	for name := range header {
		names = append(names, pair[string, int]{strings.ToUpper(name), len(name)})
	}
	sort.Slice(names, func(i, j int) bool { return names[i].key < names[j].key })
	fmt.Println(names, gjson.Get("{}", "x"))
}
`,
}

/** Imports what `common` imports, and does less: a linker that has loaded all else for it links `common` too. */
const less = {
  'main.go': `package main

import (
	"fmt"
	"net/http"
	"sort"
	"strings"

	"github.com/tidwall/gjson"
)

func main() {}

func init() {
	sort.Strings(nil)
	fmt.Println(strings.ToUpper("x"), http.Header{}, gjson.Get("{}", "x"))
}
`,
}

/** Uses what no plugin was seen to use: it links with the full archives only. */
const beyond = {
  'main.go': `package main

import "net/http"

func main() {}

func init() {
	reply, err := http.Get("http://127.0.0.1/")
	println(reply, err)
}
`,
}

const folder = mkdtempSync(join(tmpdir(), 'proxyground-native-'))
afterAll(() => rmSync(folder, { recursive: true }))

function go(...args: readonly string[]): void {
  const env = { ...process.env, GOOS: 'wasip1', GOARCH: 'wasm', GOFLAGS: '' }
  const { status, stdout, stderr } = spawnSync('go', ['tool', ...args], { cwd: folder, env, encoding: 'utf8' })
  expect(`${stdout}${stderr}`).toBe('')
  expect(status).toBe(0)
}

/** Where Go of this machine has its own archives of these packages and of all that they need, as lines of an importcfg. */
function nativeArchives(imports: readonly string[]): string {
  const cwd = fileURLToPath(new URL('../../../../sdk/go', import.meta.url))
  const env = { ...process.env, GOOS: 'wasip1', GOARCH: 'wasm', GOFLAGS: '', GOWORK: join(cwd, 'go.work') }
  const line = '{{if .Export}}packagefile {{.ImportPath}}={{.Export}}{{end}}'
  const args = ['list', '-export', '-deps', '-trimpath', '-buildvcs=false', '-f', line, 'runtime', ...imports]
  const { status, stdout, stderr } = spawnSync('go', args, { cwd, env, encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(status).toBe(0)
  return stdout
}

describe.skipIf(!here)('beside the native tools', { timeout: 180_000 }, () => {
  test.each([
    ['common', undefined, common],
    ['a program that was edited', less, common],
    ['beyond the lean archives', undefined, beyond],
  ])('the compiler and linker of the tab write the same bytes: %s', async (_, before, sources) => {
    const disk = diskSource(bundleFolder())
    const loaded: string[] = []
    const source: BundleSource = {
      ...disk,
      bytes(file, received) {
        loaded.push(file.name)
        return disk.bytes(file, received)
      },
    }
    const answer = await openBundle(source, () => undefined)
    if (answer.kind !== 'bundle') throw new Error(JSON.stringify(answer))
    const { bundle } = answer
    const driver = createDriver(await bundle.program('driver'), await bundle.pack('exports.pack'))
    const plan = driver.ask({ op: 'plan', sdk: 'higress', sources })
    if (plan.kind !== 'plan') throw new Error(JSON.stringify(plan))
    const archives = new Map<string, Uint8Array>()
    if (before !== undefined)
      expect(await buildPlan(bundle, plan, before, 'debug', archives)).toMatchObject({ kind: 'ok' })
    const built = await buildPlan(bundle, plan, sources, 'debug', archives)
    if (built.kind !== 'ok') throw new Error(JSON.stringify(built))
    // Lean archives suffice, but for the program that uses what plugins do not.
    expect(loaded.some((name) => name.startsWith('full-'))).toBe(sources === beyond)

    const config = nativeArchives(plan.link.imports)
    writeFileSync(join(folder, 'importcfg'), config)
    writeFileSync(join(folder, 'importcfg.link'), `${config}\npackagefile main=main.a\n${plan.link.modinfo}\n`)
    writeFileSync(join(folder, 'main.go'), sources['main.go'])
    const [main] = plan.packages
    const fixed = ['-dwarf=false', '-goversion', bundle.manifest.goVersion, '-c=1', '-nolocalimports']
    const trim = ['-trimpath', `${folder}=>`]
    const compile = ['-o', 'main.a', ...trim, ...(main?.flags ?? []), ...fixed, '-importcfg', 'importcfg', '-pack']
    go('compile', ...compile, join(folder, 'main.go'))
    const native = readFileSync(join(folder, 'main.a'))
    shortenHashes(native)
    expect([...archives.values()].map((bytes) => native.equals(bytes))).toEqual([true])
    const link = ['-o', 'plugin.wasm', '-importcfg', 'importcfg.link', '-buildmode=c-shared', '-w', ...plan.link.flags]
    go('link', ...link, 'main.a')
    expect(Buffer.from(built.wasm).equals(readFileSync(join(folder, 'plugin.wasm')))).toBe(true)
  })
})
