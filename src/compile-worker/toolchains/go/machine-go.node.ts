/** Builds with the machine's own Go and the real modules: `--sdk real` of the CLI, and of whoever builds on a server. */
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Diagnostic } from '../../../model/diagnostic.ts'
import { goModFile } from '../../../model/go/go-module.ts'
import type { GoSdk, PluginSources } from '../../api.ts'
import { compilerDiagnostics } from './compiler-output.ts'

type Sources = PluginSources['sources']

export type MachineBuild =
  | { readonly kind: 'ok'; readonly wasm: Uint8Array; readonly goVersion: string; readonly goMod: string }
  | { readonly kind: 'rejected'; readonly errors: readonly Diagnostic[]; readonly output: string }
  /** No verdict about the source; each line is for the person who asked. */
  | { readonly kind: 'unavailable'; readonly lines: readonly string[] }

export type MachineJob = { readonly plugin: string; readonly sdk: GoSdk; readonly sources: Sources }

const OLDEST_MINOR = 24
const WITHOUT = "Without --sdk real the plugin is built with Proxyground's own SDK, which needs no download."

/**
 * Builds one plugin as the Higress documents do: `go build -buildmode=c-shared` for wasip1, in a folder of its own with
 * the plugin's `go.mod` or, where it has none, the one that an export writes, which names the real modules. What Go
 * downloads, it keeps in its own module cache; `environment` (GOPROXY, GOFLAGS, PATH …) is that of the caller, and
 * PROXYGROUND_GO names another Go.
 */
export async function buildWithMachineGo(
  { plugin, sdk, sources }: MachineJob,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<MachineBuild> {
  if (sdk === 'tinygo')
    return unavailable('it is written for TinyGo (sdk: tinygo): build it with tinygo, and give the module with --wasm')
  const go = environment.PROXYGROUND_GO || 'go'
  const asked = await run(go, ['env', 'GOVERSION'], '.', environment)
  const goVersion = asked.output.trim()
  if (asked.code !== 0) return unavailable(`no Go answers as ${go}: install Go 1.${OLDEST_MINOR} or newer`, WITHOUT)
  const minor = Number(/^go1\.(\d+)/.exec(goVersion)?.[1])
  if (!(minor >= OLDEST_MINOR))
    return unavailable(
      `${goVersion} cannot build c-shared modules for wasip1: install Go 1.${OLDEST_MINOR} or newer`,
      WITHOUT,
    )

  const folder = await mkdtemp(join(tmpdir(), 'proxyground-go-'))
  try {
    const goMod = sources['go.mod'] ?? goModFile(plugin, sources)
    for (const [path, text] of Object.entries({ ...sources, 'go.mod': goMod })) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), text)
    }
    const vendored = 'vendor/modules.txt' in sources
    // Flags that the machine sets for all builds stay; requirements that go.mod lacks are looked up as `go get` would.
    const flags = `${environment.GOFLAGS ?? ''} -buildvcs=false${vendored ? '' : ' -mod=mod'}`.trim()
    const target = { GOOS: 'wasip1', GOARCH: 'wasm', GOWORK: 'off', GOFLAGS: flags }
    const made = await run(go, ['build', '-trimpath', '-buildmode=c-shared', '-o', 'proxyground.out', '.'], folder, {
      ...environment,
      ...target,
    })
    const output = made.output.replaceAll(`${folder}/`, '')
    if (made.code === 0) {
      return { kind: 'ok', wasm: new Uint8Array(await readFile(join(folder, 'proxyground.out'))), goVersion, goMod }
    }
    // Go writes `# package` above what its compiler and linker say; what it says before it compiles has no such line.
    if (/^# /m.test(output)) return { kind: 'rejected', errors: compilerDiagnostics(output, sources), output }
    return notToBeHad(output, sources) ?? { kind: 'rejected', errors: compilerDiagnostics(output, sources), output }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const unavailable = (...lines: readonly string[]): MachineBuild => ({ kind: 'unavailable', lines })

/** What a line of Go says when a module cannot be had: refused, unknown to the proxy, not verified, no network, no proxy. */
const NO_MODULE =
  /reading (?:https?|file):|dial tcp|module lookup disabled|no matching versions|unknown revision|unrecognized import path|cannot find module|disabled by GO|verifying (?:module|go\.mod)|no required module|not in (?:std|GOROOT)|repository .* not found/

function notToBeHad(output: string, sources: Sources): MachineBuild | undefined {
  const lines = output.split('\n').filter((line) => NO_MODULE.test(line))
  if (lines.length === 0) return undefined
  const wanted = new Set(lines.flatMap((line) => moduleIn(line) ?? importAt(line, sources) ?? []))
  const [first = ''] = lines
  return unavailable(
    `Go cannot get ${wanted.size === 0 ? 'what it imports' : [...wanted].join(', ')}:`,
    `  ${first.trim()}`,
    'See that this machine reaches a module proxy that has it (go env GOPROXY), or put its sources into a vendor folder of the plugin.',
    WITHOUT,
  )
}

/** The module and version that a line names. */
function moduleIn(line: string): string | undefined {
  const named = /([\w-]+\.[\w.-]+\/[^\s@:"]+)@(v[^\s:/]+)/.exec(line)
  return named === null ? undefined : `${named[1]} ${named[2]}`
}

/** The import that stands at the place that a line begins with. */
function importAt(line: string, sources: Sources): string | undefined {
  const [, file = '', row = ''] = /^([^:]+\.go):(\d+):/.exec(line) ?? []
  return /"([^"]+)"/.exec(sources[file]?.split('\n')[Number(row) - 1] ?? '')?.[1]
}

type Ran = { readonly code: number; readonly output: string }

function run(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(command, args, { cwd, env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : 1, output: stdout + stderr })
    })
  })
}
