import { err, ok, type Result } from '../result.ts'
import { utf8 } from './bytes.ts'
import { type Fault, fault } from './problem.ts'

type ReadText = (path: string) => string | undefined

// Schemas are built once and zod passes no context to them, so the files of the project being read stand here for the
// time of one synchronous parse. See `withProjectFiles`.
let current: ReadText = () => undefined

/** Runs `work` (synchronously) with `{ file: … }` bodies read from these files. */
export function withProjectFiles<T>(read: ReadText, work: () => T): T {
  const before = current
  current = read
  try {
    return work()
  } finally {
    current = before
  }
}

/** A path inside the project as its file list has it, or undefined if it leaves the folder or is absolute. */
export function projectPath(path: string): string | undefined {
  if (path === '' || path.startsWith('/') || path.includes('\\') || path.includes('\0') || /^[A-Za-z]:/.test(path))
    return undefined
  const parts = path.split('/').filter((part) => part !== '.' && part !== '')
  return parts.length === 0 || parts.includes('..') ? undefined : parts.join('/')
}

export function readProjectFile(path: string): Result<Uint8Array, Fault> {
  const inside = projectPath(path)
  if (inside === undefined) return err(fault('problem.fileOutside', { path }))
  const text = current(inside)
  return text === undefined ? err(fault('problem.fileMissing', { path: inside })) : ok(utf8(text))
}
