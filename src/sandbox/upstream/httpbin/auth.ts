import type { Call, Endpoint } from './endpoints.ts'
import { bool, object, text } from './python-json.ts'
import { emptyReply, jsonReply, type Reply } from './reply.ts'
import { statusReply } from './status-codes.ts'
import { decodeStrict } from './url-coding.ts'

function basic(refused: number) {
  return (call: Call): Reply => {
    const [user = '', password = ''] = call.groups
    const given = /^basic +(\S+)\s*$/i.exec(call.facts.headers.get('Authorization') ?? '')?.[1]
    if (given === undefined || credentials(given) !== `${user}:${password}`) return statusReply(refused)
    return jsonReply(
      object([
        ['authenticated', bool(true)],
        ['user', text(user)],
      ]),
    )
  }
}

function credentials(encoded: string): string | undefined {
  try {
    return decodeStrict(Uint8Array.from(atob(encoded), (char) => char.charCodeAt(0)))
  } catch {
    // Not Base64: no credentials, as for Werkzeug.
    return undefined
  }
}

function bearer(call: Call): Reply {
  const authorization = call.facts.headers.get('Authorization') ?? ''
  if (!authorization.startsWith('Bearer ')) return emptyReply(401, ['WWW-Authenticate', 'Bearer'])
  return jsonReply(
    object([
      ['authenticated', bool(true)],
      ['token', text(authorization.slice(7))],
    ]),
  )
}

export const authEndpoints: readonly Endpoint[] = [
  { pattern: /^\/basic-auth\/([^/]+)\/([^/]+)$/, methods: ['GET'], answer: basic(401) },
  { pattern: /^\/hidden-basic-auth\/([^/]+)\/([^/]+)$/, methods: ['GET'], answer: basic(404) },
  { pattern: /^\/bearer$/, methods: ['GET'], answer: bearer },
]
