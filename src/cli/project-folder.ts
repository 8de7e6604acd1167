import { constants } from 'node:fs'
import { lstat, mkdir, open, readdir, readFile, realpath, stat } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { projectPath } from '../model/project/file-access.ts'
import type { ProjectTexts } from '../model/project/load.ts'
import { CannotRun } from './outcome.ts'
import { type Line, say } from './words.ts'

export type ProjectFolder = {
  /** Absolute and without symbolic links. */
  readonly root: string
  readonly texts: ProjectTexts
  /** Paths of files that are no text, e.g. `plugins/x/plugin.wasm`. */
  readonly binaries: readonly string[]
  /** What was left out, for standard error. */
  readonly notes: readonly Line[]
}

const maxFiles = 1000
const maxTextBytes = 1024 * 1024
/** Folders that hold no part of a project. */
const skippedFolders = new Set(['node_modules', 'target', 'dist', 'build', '.git'])

const isInside = (root: string, path: string): boolean => path === root || path.startsWith(root + sep)

const errorCode = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''

/** Reads a project folder. Symbolic links that lead out of it are not followed. */
export async function readProjectFolder(directory: string): Promise<ProjectFolder> {
  const root = await realpath(directory).catch((error: unknown) => {
    throw new CannotRun(
      errorCode(error) === 'ENOENT'
        ? say('cli.folder.missing', { path: directory })
        : say('cli.folder.unreadable', { path: directory, why: errorCode(error) }),
    )
  })
  if (!(await stat(root)).isDirectory()) throw new CannotRun(say('cli.folder.file', { path: directory }))
  const texts: [string, string][] = []
  const binaries: string[] = []
  const notes: Line[] = []

  const visitFile = async (path: string, absolute: string): Promise<void> => {
    const { size } = await stat(absolute)
    if (/\.wasm$/.test(path)) return void binaries.push(path)
    if (size > maxTextBytes) return void notes.push(say('cli.folder.large', { path }))
    const text = decodeText(await readFile(absolute))
    if (text === undefined) binaries.push(path)
    else texts.push([path, text])
    if (texts.length + binaries.length > maxFiles)
      throw new CannotRun(say('cli.folder.tooMany', { path: directory, limit: maxFiles }))
  }
  const visit = async (folder: string): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true })
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const absolute = join(folder, entry.name)
      const path = relative(root, absolute).split(sep).join('/')
      if (entry.name.startsWith('.') || skippedFolders.has(entry.name)) continue
      if (entry.isSymbolicLink()) {
        const target = await realpath(absolute).catch(() => undefined)
        if (target === undefined || !isInside(root, target)) notes.push(say('cli.folder.linkOut', { path }))
        else if ((await stat(target)).isFile()) await visitFile(path, target)
        else notes.push(say('cli.folder.linkFolder', { path }))
      } else if (entry.isDirectory()) await visit(absolute)
      else if (entry.isFile()) await visitFile(path, absolute)
    }
  }
  await visit(root)
  return { root, texts: Object.fromEntries(texts), binaries, notes }
}

/** `undefined` if the bytes are no UTF-8 text. */
function decodeText(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/**
 * Writes files below `directory`. Nothing is written if a file is already there (without `force`) or if a path would
 * leave the folder, be it by `..` or by a symbolic link on the way.
 */
export async function writeProjectFolder(
  directory: string,
  files: ProjectTexts,
  force: boolean,
): Promise<readonly string[]> {
  const paths = Object.keys(files).sort()
  for (const path of paths) {
    if (projectPath(path) !== path)
      throw new CannotRun(say('cli.write.outside', { path: JSON.stringify(path), folder: directory }))
  }
  await mkdir(resolve(directory), { recursive: true })
  const root = await realpath(directory)
  const existing: string[] = []
  for (const path of paths) {
    const state = await stateOf(root, path)
    if (state === 'link') throw new CannotRun(say('cli.write.link', { path }))
    if (state === 'folder') throw new CannotRun(say('cli.write.folder', { path }))
    if (state === 'blocked') throw new CannotRun(say('cli.write.blocked', { path }))
    if (state === 'file') existing.push(path)
  }
  if (existing.length > 0 && !force) {
    throw new CannotRun(say('cli.write.there'), ...existing.map((path) => `  ${path}`))
  }
  for (const path of paths) {
    const target = join(root, ...path.split('/'))
    await mkdir(dirname(target), { recursive: true })
    // O_NOFOLLOW: a link that appeared since the check above is not followed.
    const mode =
      constants.O_WRONLY | constants.O_CREAT | constants.O_NOFOLLOW | (force ? constants.O_TRUNC : constants.O_EXCL)
    const file = await open(target, mode)
    try {
      await file.writeFile(files[path] ?? '', 'utf8')
    } finally {
      await file.close()
    }
  }
  return paths
}

type PathState = 'free' | 'file' | 'folder' | 'link' | 'blocked'

async function stateOf(root: string, path: string): Promise<PathState> {
  let current = root
  const parts = path.split('/')
  for (const [index, part] of parts.entries()) {
    current = join(current, part)
    const found = await lstat(current).catch((error: unknown) => {
      if (errorCode(error) === 'ENOENT') return undefined
      throw error
    })
    if (!found) return 'free'
    if (found.isSymbolicLink()) return 'link'
    if (index === parts.length - 1) return found.isDirectory() ? 'folder' : 'file'
    if (!found.isDirectory()) return 'blocked'
  }
  return 'free'
}
