import { withProjectFiles } from './file-access.ts'
import { projectSchema } from './gateway-schema.ts'
import { problemsOf } from './issues.ts'
import { gatewayOf } from './load-gateway.ts'
import { languageOf, loadPlugin } from './load-plugin.ts'
import { loadScenario } from './load-scenario.ts'
import { fault, type ProjectProblem, problemAt } from './problem.ts'
import type { PluginSpec, Project } from './types.ts'
import { readYaml, type YamlDocument } from './yaml-document.ts'

/** A project's text files by path with `/`. */
export type ProjectTexts = Readonly<Record<string, string>>

export const projectFile = 'proxyground.yaml'

export type LoadedProject = {
  /** Absent if `proxyground.yaml` or a `plugin.yaml` has an error. A broken scenario is left out, and told. */
  readonly project?: Project
  readonly problems: readonly ProjectProblem[]
}

type Entry = {
  readonly name: string
  readonly language?: PluginSpec['language'] | undefined
  readonly sdk?: PluginSpec['sdk'] | undefined
  readonly source?: string | undefined
}

/**
 * Reads a whole project from its text files. `binaries` are paths of files that are there and no text (`plugin.wasm`).
 * Never throws for what a person can write; every problem has a file, a line and a column.
 */
export function loadProject(files: ProjectTexts, binaries: readonly string[] = []): LoadedProject {
  return readProject(pathsOf(files, binaries), (path) => textOf(files, path))
}

/**
 * `loadProject` for one run after another: as long as the paths and every text that was read are as they were (an edit
 * of a plugin's source reads nothing else), the project of the time before is given again.
 */
export function projectLoader(): typeof loadProject {
  let last: { readonly paths: string; readonly texts: ReadonlyMap<string, string | undefined> } | undefined
  let loaded: LoadedProject = { problems: [] }
  return (files, binaries = []) => {
    const paths = pathsOf(files, binaries)
    const joined = paths.join('\0')
    if (last?.paths === joined && [...last.texts].every(([path, text]) => textOf(files, path) === text)) return loaded
    const texts = new Map<string, string | undefined>()
    loaded = readProject(paths, (path) => {
      const text = textOf(files, path)
      texts.set(path, text)
      return text
    })
    last = { paths: joined, texts }
    return loaded
  }
}

const textOf = (files: ProjectTexts, path: string): string | undefined =>
  Object.hasOwn(files, path) ? files[path] : undefined

const pathsOf = (files: ProjectTexts, binaries: readonly string[]): readonly string[] =>
  [...Object.keys(files), ...binaries].sort()

function readProject(paths: readonly string[], read: (path: string) => string | undefined): LoadedProject {
  const document = readYaml(projectFile, read(projectFile) ?? '')
  if (document.problems.length > 0) return { problems: document.problems }
  const parsed = withProjectFiles(read, () => projectSchema.safeParse(document.value ?? {}))
  if (!parsed.success) return { problems: problemsOf(document, projectSchema, parsed.error.issues) }

  const written = parsed.data
  const folders = pluginFolders(paths)
  const entries: readonly Entry[] = written.plugins ?? folders.map((name) => ({ name }))
  const { plugins, problems: pluginProblems } = loadPlugins(document, entries, paths, read)
  const problems = [...pluginProblems]
  if (written.plugins) {
    const used = new Set(entries.flatMap(({ name, source }) => [name, source]))
    for (const name of folders.filter((folder) => !used.has(folder))) {
      const place = document.place(['plugins'], 'key')
      problems.push(problemAt(place, fault('problem.unusedPluginFolder', { name }), 'warning'))
    }
  }
  const gateway = withProjectFiles(read, () => gatewayOf(document, written.gateway ?? defaultGateway(), plugins))
  problems.push(...gateway.problems)
  if (problems.some(({ severity }) => severity === 'error')) return { problems }

  const surroundings = { gateway: gateway.gateway, plugins }
  const scenarios = paths
    .filter((path) => /^scenarios\/.+\.ya?ml$/.test(path))
    .flatMap((path) => {
      const loaded = loadScenario(read(path) ?? '', path, surroundings, read)
      problems.push(...loaded.problems)
      return loaded.scenario ? [loaded.scenario] : []
    })
  const { version, title, description } = written
  return { project: { version, title, description, ...surroundings, scenarios }, problems }
}

const defaultGateway = () => projectSchema.parse({ gateway: {} }).gateway ?? assertDefaults()

function assertDefaults(): never {
  throw new Error('the gateway schema has no defaults')
}

/** Names of the folders under `plugins/`, in order. */
function pluginFolders(paths: readonly string[]): readonly string[] {
  return [...new Set(paths.flatMap((path) => /^plugins\/([^/]+)\/./.exec(path)?.[1] ?? []))]
}

function loadPlugins(
  document: YamlDocument,
  entries: readonly Entry[],
  paths: readonly string[],
  read: (path: string) => string | undefined,
): { readonly plugins: readonly PluginSpec[]; readonly problems: readonly ProjectProblem[] } {
  const problems: ProjectProblem[] = []
  const plugins: PluginSpec[] = []
  for (const [index, entry] of entries.entries()) {
    const { name } = entry
    const place = document.place(['plugins', index, 'name'])
    const source = entry.source ?? name
    const unusable = [name, source].find((folder) => !/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(folder))
    if (unusable !== undefined) {
      problems.push(problemAt(place, fault('problem.pluginName', { name: unusable })))
      continue
    }
    if (plugins.some((plugin) => plugin.name === name)) {
      problems.push(problemAt(place, fault('problem.duplicateName', { name })))
      continue
    }
    const folder = `plugins/${source}/`
    const sources = paths
      .filter((path) => path.startsWith(folder))
      .map((path) => path.slice(folder.length))
      .filter((path) => path !== 'plugin.yaml')
    const language = entry.language ?? languageOf(sources)
    if (sources.length === 0 && entry.language !== 'wasm') {
      problems.push(problemAt(place, fault('problem.noSources', { source }), 'warning'))
    } else if (!language) problems.push(problemAt(place, fault('problem.languageUnknown', { name })))
    const file = `plugins/${name}/plugin.yaml`
    const loaded = loadPlugin(name, file, read(file))
    problems.push(...loaded.problems)
    if (!loaded.resource) continue
    const sdk = entry.sdk ?? (language === 'go' ? 'higress' : undefined)
    plugins.push({ ...loaded.resource, language: language ?? 'wasm', ...(sdk ? { sdk } : {}), source, files: sources })
  }
  return { plugins, problems }
}
