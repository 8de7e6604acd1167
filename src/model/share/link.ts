import { deflateSync, Inflate, strToU8 } from 'fflate'
import { fromBase64, toBase64 } from '../project/bytes.ts'
import { projectPath } from '../project/file-access.ts'
import type { ProjectTexts } from '../project/load.ts'
import { err, ok, type Result } from '../result.ts'

/**
 * A project as the part of a URL after `#`, which browsers keep to themselves:
 * `v1.<base64url(deflate-raw(canonical JSON of { path: text }))>` (design 2, "Link"). Equal files give equal links on
 * every machine: keys are sorted, and one deflater with one level is used everywhere.
 */
const maxPackedBytes = 64 * 1024
const maxUnpackedBytes = 4 * 1024 * 1024
const maxFiles = 1000
const deflateLevel = 9

/** From here on, chat programs begin to cut links. */
export const longLinkLength = 2000
/** From here on, a file is the better way. */
export const tooLongLinkLength = 8000

export type MadeLink = {
  /** With `#`, to be put behind an address. */
  readonly hash: string
  readonly length: number
  readonly advice: 'fine' | 'long' | 'offer-file'
}

export type LinkTooLarge = { readonly code: 'too-large'; readonly packedBytes: number; readonly unpackedBytes: number }

/** Why a link cannot be opened; `src/text` words them. */
export type LinkFailure =
  | { readonly code: 'not-a-link' }
  | { readonly code: 'unknown-version'; readonly version: string }
  | { readonly code: 'not-base64' }
  | { readonly code: 'packed-too-large'; readonly limit: number }
  | { readonly code: 'damaged' }
  | { readonly code: 'unpacked-too-large'; readonly limit: number }
  | { readonly code: 'not-text' }
  | { readonly code: 'not-a-project' }
  | { readonly code: 'bad-path'; readonly path: string }
  | { readonly code: 'too-many-files'; readonly limit: number }

/** The same JSON text for equal files, whatever order they came in. */
export function canonicalJson(files: ProjectTexts): string {
  const entries = Object.entries(files).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return `{${entries.map(([path, text]) => `${JSON.stringify(path)}:${JSON.stringify(text)}`).join(',')}}`
}

/** Packs a project's text files. A compiled module is never part of a link. */
export function makeLink(files: ProjectTexts): Result<MadeLink, LinkTooLarge> {
  const json = strToU8(canonicalJson(files))
  const packed = deflateSync(json, { level: deflateLevel, mem: 8 })
  if (packed.length > maxPackedBytes || json.length > maxUnpackedBytes) {
    return err({ code: 'too-large', packedBytes: packed.length, unpackedBytes: json.length })
  }
  const hash = `#v1.${toBase64(packed).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`
  return ok({ hash, length: hash.length, advice: adviceFor(hash.length) })
}

const adviceFor = (length: number): MadeLink['advice'] =>
  length > tooLongLinkLength ? 'offer-file' : length > longLinkLength ? 'long' : 'fine'

/** Whether a text looks like a link at all (a URL with one, `#v1.…` or `v1.…`), so that the rest is worth a message. */
export const looksLikeLink = (text: string): boolean => /(^|#)\s*v\d+\./.test(text)

/** Unpacks a link. Total: any text gives files or a failure, and at most 4 MB are ever unpacked. */
export function openLink(text: string): Result<ProjectTexts, LinkFailure> {
  const match = /(?:^|#)\s*(v\d+)\.([\s\S]*)$/.exec(text.trim())
  if (!match) return err({ code: 'not-a-link' })
  const [, version = '', payload = ''] = match
  switch (version) {
    case 'v1':
      return openVersion1(payload)
    default:
      return err({ code: 'unknown-version', version })
  }
}

function openVersion1(payload: string): Result<ProjectTexts, LinkFailure> {
  // Mail programs break long lines.
  const compact = payload.replace(/\s+/g, '')
  if (compact.length > Math.ceil((maxPackedBytes * 4) / 3))
    return err({ code: 'packed-too-large', limit: maxPackedBytes })
  const packed = /[+/]/.test(compact) ? undefined : fromBase64(compact.replaceAll('-', '+').replaceAll('_', '/'))
  if (!packed) return err({ code: 'not-base64' })
  const unpacked = inflateBounded(packed)
  if (!unpacked.ok) return unpacked
  const json = decodeUtf8(unpacked.value)
  return json === undefined ? err({ code: 'not-text' }) : filesOf(json)
}

/** Stops while unpacking, not after: a few kilobytes can stand for gigabytes. */
function inflateBounded(packed: Uint8Array): Result<Uint8Array, LinkFailure> {
  const parts: Uint8Array[] = []
  let size = 0
  let finished = false
  const inflate = new Inflate((chunk, final) => {
    size += chunk.length
    if (size <= maxUnpackedBytes) parts.push(chunk)
    finished = final
  })
  // Deflate expands at most 1032 times, so one step overshoots the limit by half a megabyte at most.
  const step = 512
  try {
    for (let start = 0; start < packed.length; start += step) {
      inflate.push(packed.subarray(start, start + step), start + step >= packed.length)
      if (size > maxUnpackedBytes) return err({ code: 'unpacked-too-large', limit: maxUnpackedBytes })
    }
  } catch {
    // fflate throws on a broken stream; what exactly is broken helps nobody.
    return err({ code: 'damaged' })
  }
  if (!finished) return err({ code: 'damaged' })
  const whole = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return ok(whole)
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function filesOf(json: string): Result<ProjectTexts, LinkFailure> {
  const value = parseJson(json)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return err({ code: 'not-a-project' })
  const entries: (readonly [string, string])[] = []
  for (const [path, text] of Object.entries(value)) {
    if (typeof text !== 'string') return err({ code: 'not-a-project' })
    if (projectPath(path) !== path) return err({ code: 'bad-path', path })
    entries.push([path, text])
  }
  if (entries.length === 0) return err({ code: 'not-a-project' })
  if (entries.length > maxFiles) return err({ code: 'too-many-files', limit: maxFiles })
  return ok(Object.fromEntries(entries))
}
