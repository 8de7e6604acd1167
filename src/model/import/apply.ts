import { type Document, isMap, isSeq, parseDocument, stringify } from 'yaml'
import { type ProjectTexts, projectFile } from '../project/load.ts'
import type { Project } from '../project/types.ts'
import type { ImportedGateway, ImportedPlugin } from './imported.ts'
import { type PlainValue, withoutAbsent } from './plain.ts'

/** An imported plugin and the plugin of the project that it became. */
export type PlacedPlugin = {
  readonly imported: ImportedPlugin
  readonly name: string
  readonly source: string
  readonly isNew: boolean
}

const yamlOptions = { lineWidth: 0 } as const

/**
 * Writes what was read into the project's files; the rest of `proxyground.yaml`, comments too, stays as it is.
 * `project` is what the files mean now.
 */
export function applyGateway(
  imported: ImportedGateway,
  files: ProjectTexts,
  project: Project,
): { readonly files: ProjectTexts; readonly plugins: readonly PlacedPlugin[] } {
  const plugins = placePlugins(imported.plugins, project)
  const nameOf = (filter: string): string => plugins.find(({ imported: { name } }) => name === filter)?.name ?? filter
  const written = parseDocument((Object.hasOwn(files, projectFile) ? files[projectFile] : undefined) ?? '')
  const document = isMap(written.contents) ? written : parseDocument('version: 1\n')
  const set = (path: readonly string[], value: PlainValue | undefined): void => {
    if (value !== undefined) document.setIn(path, document.createNode(value))
  }
  set(['gateway', 'profile'], imported.profile)
  set(['gateway', 'logLevel'], imported.logLevel)
  set(['gateway', 'workers'], imported.workers)
  set(['gateway', 'listeners'], listenersOf(imported, project, nameOf))
  set(
    ['gateway', 'services'],
    imported.services?.map(({ plugin, singleton }) => ({ plugin: nameOf(plugin), singleton })),
  )
  // Each listener has its own routes now.
  if (imported.listeners?.some(({ routes }) => routes)) document.deleteIn(['gateway', 'routes'])
  setClusters(document, imported, project)
  setPlugins(document, plugins, project)
  const resources = plugins.map(
    ({ imported: { resource }, name }) => [`plugins/${name}/plugin.yaml`, stringify(resource, yamlOptions)] as const,
  )
  return { files: { ...Object.fromEntries(resources), [projectFile]: document.toString(yamlOptions) }, plugins }
}

/**
 * One wasm filter and one plugin in the project belong together whatever they are called: the plugin being edited is
 * the module that the document names. Otherwise the names decide, and filters with one module share its source.
 */
function placePlugins(imported: readonly ImportedPlugin[], project: Project): readonly PlacedPlugin[] {
  const [only, ...others] = project.plugins
  const single =
    imported.length > 0 && only && others.length === 0 && new Set(imported.map(({ code }) => code)).size === 1
      ? only
      : undefined
  const sources = new Map<string, string>()
  return imported.map((plugin, index) => {
    const wanted = folderName(plugin.name)
    const known = (index === 0 ? single : undefined) ?? project.plugins.find(({ name }) => name === wanted)
    const name = known?.name ?? wanted
    const source = known?.source ?? (plugin.code === '' ? undefined : sources.get(plugin.code)) ?? name
    if (plugin.code !== '' && !sources.has(plugin.code)) sources.set(plugin.code, source)
    return { imported: plugin, name, source, isNew: known === undefined }
  })
}

/** A filter's name as a folder: what a folder cannot have becomes a dash. */
const folderName = (name: string): string =>
  name.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[^A-Za-z0-9]+/, '') || 'plugin'

function listenersOf(
  imported: ImportedGateway,
  project: Project,
  nameOf: (filter: string) => string,
): readonly PlainValue[] | undefined {
  const published = (port: number): number => imported.publishedPorts?.get(port) ?? port
  if (imported.listeners) {
    return imported.listeners.map(({ name, port, kind, plugins, bufferLimit, scheme, cluster, routes }) =>
      withoutAbsent({
        name,
        port,
        kind: kind === 'tcp' ? kind : undefined,
        plugins: plugins.map(nameOf),
        bufferLimit,
        scheme,
        cluster,
        routes,
      }),
    )
  }
  const moved = project.gateway.listeners.some(({ port }) => published(port) !== port)
  // A compose file only moves the ports of what is there.
  if (!moved) return undefined
  return project.gateway.listeners.map(({ name, port, kind, plugins }) =>
    withoutAbsent({ name, port: published(port), kind: kind === 'tcp' ? kind : undefined, plugins: [...plugins] }),
  )
}

/** A cluster that is already described keeps its description: the document does not say what answers. */
function setClusters(document: Document, imported: ImportedGateway, project: Project): void {
  const described = new Set(project.gateway.clusters.map(([name]) => name))
  if (!document.hasIn(['gateway', 'clusters'])) described.delete('httpbin')
  for (const { name, cluster } of imported.clusters ?? []) {
    if (!described.has(name)) document.setIn(['gateway', 'clusters', name], document.createNode(cluster))
  }
}

/** Lists new plugins, if the project lists its plugins at all or if two share a source. */
function setPlugins(document: Document, placed: readonly PlacedPlugin[], project: Project): void {
  const fresh = placed.filter(({ isNew }) => isNew)
  if (fresh.length === 0) return
  const listed = document.getIn(['plugins'])
  if (!isSeq(listed)) {
    if (fresh.every(({ name, source }) => name === source)) return
    document.setIn(['plugins'], document.createNode(project.plugins.map(({ name }) => ({ name }))))
  }
  for (const { name, source } of fresh) {
    document.addIn(['plugins'], document.createNode(name === source ? { name, language: 'wasm' } : { name, source }))
  }
}
