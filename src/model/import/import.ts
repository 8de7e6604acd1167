import { isScalar, isSeq, isMap as isYamlMap, parseDocument } from 'yaml'
import { loadProject, type ProjectTexts } from '../project/load.ts'
import { loadPlugin } from '../project/load-plugin.ts'
import { isMap } from '../project/ordered.ts'
import type { ProjectProblem } from '../project/problem.ts'
import type { Project } from '../project/types.ts'
import { readYaml, type YamlDocument } from '../project/yaml-document.ts'
import { applyGateway, type PlacedPlugin } from './apply.ts'
import { readCompose } from './compose.ts'
import { readEnvoy } from './envoy.ts'
import { Fields, type LeftField } from './fields.ts'

export type ImportKind = 'envoy' | 'compose' | 'wasm-plugin'

export type ImportResult =
  | {
      readonly kind: ImportKind
      /** Files to write, whole; all others stay as they are. */
      readonly files: ProjectTexts
      /** Fields of the pasted text that nothing was made of. */
      readonly left: readonly LeftField[]
      /** Plugins that the text configures, and whether they are new in the project. */
      readonly plugins: readonly { readonly name: string; readonly isNew: boolean }[]
    }
  /** The text is one of the three, and cannot be used; `file` of each problem is the name given. */
  | { readonly kind: 'unusable'; readonly problems: readonly ProjectProblem[] }
  /** The text is something else. */
  | { readonly kind: 'unknown' }

/** Which of the gateway's documents a text is, judged by its first level only. */
export function recogniseImport(text: string): ImportKind | undefined {
  const document = readYaml('', text)
  return document.problems.length > 0 ? undefined : kindOf(document.value)
}

function kindOf(value: unknown): ImportKind | undefined {
  if (!isMap(value)) return undefined
  if ('kind' in value && value.kind === 'WasmPlugin') return 'wasm-plugin'
  if ('static_resources' in value || 'bootstrap_extensions' in value) return 'envoy'
  return 'services' in value && isMap(value.services) ? 'compose' : undefined
}

/**
 * Turns an Envoy bootstrap, a compose file or a WasmPlugin resource into changes of the project's files (W5, W18,
 * W33). `name` is what the text is called in messages.
 */
export function importText(text: string, name: string, files: ProjectTexts): ImportResult {
  const document = readYaml(name, text)
  if (document.problems.length > 0) return { kind: 'unusable', problems: document.problems }
  const kind = kindOf(document.value)
  if (kind === undefined) return { kind: 'unknown' }
  const { project, problems } = loadProject(files)
  if (!project) return { kind: 'unusable', problems }
  if (kind === 'wasm-plugin') return importWasmPlugin(document, text, files, project)
  const fields = new Fields(document)
  const imported = kind === 'envoy' ? readEnvoy(fields) : readCompose(fields)
  const applied = applyGateway(imported, files, project)
  return checked(
    kind,
    files,
    applied.files,
    fields.left(),
    applied.plugins.map(({ name: plugin, isNew }: PlacedPlugin) => ({ name: plugin, isNew })),
  )
}

/** What was written has to load; if not, the pasted text asks for something a project cannot say. */
function checked(
  kind: ImportKind,
  before: ProjectTexts,
  changes: ProjectTexts,
  left: readonly LeftField[],
  plugins: readonly { readonly name: string; readonly isNew: boolean }[],
): ImportResult {
  const errors = loadProject({ ...before, ...changes }).problems.filter(({ severity }) => severity === 'error')
  return errors.length > 0 ? { kind: 'unusable', problems: errors } : { kind, files: changes, left, plugins }
}

/** The resource is kept as it was written; only keys that no WasmPlugin has are taken out, and listed. */
function importWasmPlugin(document: YamlDocument, text: string, files: ProjectTexts, project: Project): ImportResult {
  const fields = new Fields(document)
  const own = fields.text(['metadata', 'name'])
  const [only, ...others] = project.plugins
  const target = project.plugins.find(({ name }) => name === own) ?? (only && others.length === 0 ? only : undefined)
  const name = target?.name ?? (own ?? 'plugin').replace(/[^A-Za-z0-9._-]+/g, '-')
  const { problems } = loadPlugin(name, document.file, text)
  const unknown = problems.filter(({ code }) => code.startsWith('problem.unknownKey'))
  const unusable = problems.filter(
    ({ code, severity }) => severity === 'error' && !code.startsWith('problem.unknownKey'),
  )
  if (unusable.length > 0) return { kind: 'unusable', problems: unusable }
  const left = unknown.map(({ line, column, params }) => ({ line, column, path: String(params.key) }))
  const path = `plugins/${name}/plugin.yaml`
  const kept = left.length === 0 ? text : withoutKeys(text, left)
  return checked('wasm-plugin', files, { [path]: kept }, left, [{ name, isNew: !target }])
}

/** Takes out the pairs whose keys stand at these places. */
function withoutKeys(text: string, places: readonly LeftField[]): string {
  const lines = text.split('\n')
  const starts = places.map(
    ({ line, column }) => lines.slice(0, line - 1).reduce((sum, item) => sum + item.length + 1, 0) + column - 1,
  )
  const document = parseDocument(text)
  const visit = (node: unknown): void => {
    if (isYamlMap(node)) {
      node.items = node.items.filter(({ key }) => !(isScalar(key) && key.range && starts.includes(key.range[0])))
      for (const { value } of node.items) visit(value)
    } else if (isSeq(node)) for (const item of node.items) visit(item)
  }
  visit(document.contents)
  return document.toString({ lineWidth: 0 })
}
