import { sha1 } from '@noble/hashes/legacy.js'
import { utf8 } from '../../model/project/bytes.ts'

/** What a client sends in `sec-websocket-key`: the same always, for a run is the same always. */
export const clientKey = 'dGhlIHNhbXBsZSBub25jZQ=='

/** `sec-websocket-accept` for a client's key (4.2.2). */
export function acceptOf(key: string): string {
  const digest = sha1(utf8(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`))
  return btoa(String.fromCharCode(...digest))
}
