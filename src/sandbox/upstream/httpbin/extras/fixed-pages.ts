import { fixedBodies } from './fixed-bodies.ts'

const decoded = new Map<string, Uint8Array>()

/** The body of a page or picture that is the same for every request; undefined: there is none at that path. */
export function fixedBody(path: string): Uint8Array | undefined {
  const known = decoded.get(path)
  if (known !== undefined) return known
  const [, text] = Object.entries(fixedBodies).find(([name]) => name === path) ?? []
  if (text === undefined) return undefined
  const body = Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
  decoded.set(path, body)
  return body
}
