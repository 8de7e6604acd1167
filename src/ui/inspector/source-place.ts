import type { SourceLocation } from '../../compile-worker/source-map.ts'
import type { GuestFrame } from '../../model/guest-look.ts'
import type { TraceRecord } from '../../model/trace.ts'
import { openFile } from '../commands/files.ts'
import { revealLine } from '../commands/reveal.ts'
import { guestAt } from '../commands/run.ts'
import { handlers } from '../files/callbacks.ts'
import { pluginFolders } from '../store/project.ts'
import { getApp } from '../store/store.ts'

/** Where an event comes from, in the files of one plugin. */
export type SourcePlace = SourceLocation & { readonly plugin: string }

/**
 * The source line behind an event: of a trap or host call by its stack and the build's source map, of a callback by its
 * handler's name. A host call's stack is not in the trace: the run is repeated for it (design 4.4).
 */
export async function sourcePlace(plugin: string, record: TraceRecord): Promise<SourcePlace | undefined> {
  const { event } = record
  if (plugin === '') return undefined
  if (event.type === 'guest.enter' || event.type === 'guest.leave') return handlerPlace(plugin, event.callback)
  if (event.type === 'trap') return located(plugin, event.frames)
  if (event.type !== 'host.call') return undefined
  const { run, project } = getApp()
  const language = pluginFolders(project).find(({ name }) => name === plugin)?.language
  if (run.shown === undefined || (language !== 'go' && sourceMapOf(plugin) === '')) return undefined
  return located(plugin, (await guestAt(run.shown, record.seq))?.frames ?? [])
}

const sourceMapOf = (plugin: string): string => getApp().build[plugin]?.good?.sourceMap ?? ''

/** The line of the plugin's own code nearest to the innermost frame; else the library's. */
export async function located(plugin: string, frames: readonly GuestFrame[]): Promise<SourcePlace | undefined> {
  const paths = Object.keys(getApp().project.files)
  const told = frames.flatMap((frame) => toldPlace(plugin, frame, paths) ?? [])
  const own = told.find(({ library }) => !library) ?? told[0]
  if (own !== undefined) return { ...own, plugin }
  const sourceMap = sourceMapOf(plugin)
  if (sourceMap === '' || frames.length === 0) return undefined
  const { locateStack, openSourceMap } = await import('../../compile-worker/source-map.ts')
  const resolver = openSourceMap(sourceMap)
  const { files } = getApp().project
  const place = resolver && locateStack(resolver, frames, (file) => files[`plugins/${plugin}/${file}`])
  return place && { ...place, plugin }
}

/**
 * The place that a Go module itself gives for a frame; the compiler may have put a module's path before the file's. A file
 * that is not the plugin's is named without its folders.
 */
export function toldPlace(
  plugin: string,
  { source }: GuestFrame,
  paths: readonly string[],
): SourceLocation | undefined {
  if (source === undefined) return undefined
  const folder = `plugins/${plugin}/`
  const inside = paths.flatMap((path) => (path.startsWith(folder) ? [path.slice(folder.length)] : []))
  const files = source.own ? inside.filter((path) => source.file === path || source.file.endsWith(`/${path}`)) : []
  const file = files.sort((a, b) => b.length - a.length)[0]
  const name = file ?? source.file.slice(source.file.lastIndexOf('/') + 1)
  return { file: name, line: source.line, column: 1, library: file === undefined }
}

/** The handler that a callback's name leads to in the plugin's sources, the main one first. */
export function handlerPlace(plugin: string, callback: string): SourcePlace | undefined {
  const { project } = getApp()
  const short = callback.replace(/^proxy_/, '')
  const folder = pluginFolders(project).find(({ name }) => name === plugin)
  for (const path of folder?.paths ?? []) {
    const found = handlers(project.files[path] ?? '').find((handler) => handler.callback === short)
    if (found === undefined || /\.(?:yaml|json)$/.test(path)) continue
    const file = path.slice(`plugins/${plugin}/`.length)
    return { plugin, file, line: found.line, column: 1, library: false }
  }
  return undefined
}

/** The editor shows the handler of a callback, else the plugin's main file. */
export function goToCallback(plugin: string, callback: string): void {
  const place = handlerPlace(plugin, callback)
  if (place !== undefined) {
    goTo(`plugins/${plugin}/${place.file}`, place)
    return
  }
  const { project } = getApp()
  const main = pluginFolders(project).find(({ name }) => name === plugin)?.main
  if (main !== undefined && main in project.files) openFile(main)
}

/** The editor shows the line and takes the keyboard there. */
export function goTo(path: string, { line, column }: Pick<SourceLocation, 'line' | 'column'>): void {
  openFile(path)
  revealLine(path, line, column, true)
}
