import type { GoSdk } from '../../compile-worker/api.ts'
import type { ProjectFiles, ProjectProblem } from '../../sandbox/entry/api.ts'

/** The work of the user: everything that is saved, shared and compiled. */
export type ProjectState = {
  /** Stable identity for local save; a new one for every project opened from a link or an example. */
  readonly id: string
  /** Text files by path with `/`. */
  readonly files: ProjectFiles
  /** Uploaded modules by path, e.g. `plugins/mine/plugin.wasm`. */
  readonly binaries: Readonly<Record<string, Uint8Array>>
  readonly tabs: readonly string[]
  readonly active: string | undefined
  /** Grows with every change of a file. A run that carries an older one is out of date. */
  readonly revision: number
  /** What the last save came to. */
  readonly saved: 'saved' | 'saving' | 'unsaved' | 'unavailable'
  /** What the project loader finds in the files, kept up to date while typing. */
  readonly problems: readonly ProjectProblem[]
  /** False until the user changed something: an untouched sample may be replaced without asking. */
  readonly touched: boolean
}

export type PluginLanguage = 'assemblyscript' | 'wat' | 'wasm' | 'go' | 'rust' | 'cpp' | 'none'

/** A plugin as its folder shows it. Cheap on purpose: the full loader (zod) stays out of the first paint. */
export type PluginFolder = {
  readonly name: string
  readonly language: PluginLanguage
  /** Every path below `plugins/<name>/`, sorted, main source first. */
  readonly paths: readonly string[]
  /** The file a person would open first. */
  readonly main: string
}

const mainFiles: readonly (readonly [suffix: string, language: PluginLanguage])[] = [
  ['plugin.ts', 'assemblyscript'],
  ['plugin.wat', 'wat'],
  ['main.go', 'go'],
  ['src/lib.rs', 'rust'],
  ['plugin.cc', 'cpp'],
  ['plugin.wasm', 'wasm'],
]

/** Plugins in the order of `proxyground.yaml`, which gives the lanes their letters; folders it does not name come last. */
export function pluginFolders(project: Pick<ProjectState, 'files' | 'binaries'>): readonly PluginFolder[] {
  const byName = new Map<string, string[]>()
  for (const path of [...Object.keys(project.files), ...Object.keys(project.binaries)].sort()) {
    const name = pluginOfPath(path)
    if (name === undefined) continue
    byName.set(name, [...(byName.get(name) ?? []), path])
  }
  const order = declaredPlugins(project.files['proxyground.yaml'] ?? '')
  const position = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length)
  return [...byName].sort(([a], [b]) => position(a) - position(b)).map(([name, paths]) => pluginFolder(name, paths))
}

function pluginFolder(name: string, paths: readonly string[]): PluginFolder {
  const exact = mainFiles.find(([suffix]) => paths.includes(`plugins/${name}/${suffix}`))
  // A Go plugin's files may have any names.
  const go = paths.find((path) => /^[^/]+(?<!_test)\.go$/.test(path.slice(`plugins/${name}/`.length)))
  const found = exact ?? (go === undefined ? undefined : ([go.slice(`plugins/${name}/`.length), 'go'] as const))
  const main = found === undefined ? (paths[0] ?? '') : `plugins/${name}/${found[0]}`
  const rest = paths.filter((path) => path !== main)
  return { name, language: found?.[1] ?? 'none', main, paths: [main, ...rest] }
}

/** `mock` for `plugins/mock/plugin.ts`. */
export function pluginOfPath(path: string): string | undefined {
  const parts = path.split('/')
  return parts[0] === 'plugins' && parts.length >= 3 ? parts[1] : undefined
}

/** Names under `plugins:` in the order written, read without a YAML parser. Wrong text gives fewer names, never an error. */
export function declaredPlugins(yaml: string): readonly string[] {
  const block = /^plugins:[^\n]*\n?((?:[ \t-][^\n]*\n?|\n)*)/m.exec(`${yaml}\n`)
  if (block === null) return []
  return [...block[0].matchAll(/\bname:\s*["']?([\w.-]+)/g)].map((match) => match[1] ?? '')
}

/**
 * The `sdk:` of a Go plugin in `proxyground.yaml`, read without a YAML parser; `higress` when none is written. The full
 * loader says what is wrong with another word.
 */
export function sdkOfPlugin(files: ProjectFiles, name: string): GoSdk {
  const entries = (files['proxyground.yaml'] ?? '').split(/^(?=\s*-\s)|\{/m)
  const named = (entry: string) => /\bname:\s*["']?([\w.-]+)/.exec(entry)?.[1] === name
  const sdk = /\bsdk:\s*["']?(proxy-wasm|tinygo)\b/.exec(entries.find(named) ?? '')?.[1]
  return sdk === 'proxy-wasm' || sdk === 'tinygo' ? sdk : 'higress'
}

export function scenarioPaths(files: ProjectFiles): readonly string[] {
  return Object.keys(files)
    .filter((path) => /^scenarios\/[^/]+\.ya?ml$/.test(path))
    .sort()
}

/** The title in `proxyground.yaml`, or ''. */
export function projectTitle(files: ProjectFiles): string {
  const match = /^title:[ \t]*(.*)$/m.exec(files['proxyground.yaml'] ?? '')
  const raw = (match?.[1] ?? '').trim()
  const quoted = /^(["'])(.*)\1$/.exec(raw)
  return quoted === null ? raw.replace(/\s+#.*$/, '') : (quoted[2] ?? '')
}

/** The same text with another title; adds the line after `version:` when there is none. */
export function withTitle(yaml: string, title: string): string {
  const line = `title: ${JSON.stringify(title)}`
  if (/^title:.*$/m.test(yaml)) return yaml.replace(/^title:.*$/m, () => line)
  if (/^version:.*$/m.test(yaml)) return yaml.replace(/^version:.*$/m, (found) => `${found}\n${line}`)
  return `${line}\n${yaml}`
}

/** `higress-2.2` from the gateway section, or the default profile. */
export function profileOf(files: ProjectFiles): string {
  return /\bprofile:\s*["']?([\w.-]+)/.exec(files['proxyground.yaml'] ?? '')?.[1] ?? 'higress-2.2'
}
