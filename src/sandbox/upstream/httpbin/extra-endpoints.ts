/** The endpoints whose content is loaded when a run first asks for one (`extras/`). */
import type { HeaderList } from '../../../model/http.ts'
import { part } from '../parts.ts'
import type { Call, Endpoint } from './endpoints.ts'
import { bool, type Json, object } from './python-json.ts'
import { jsonReply, plainError, type Reply, sized } from './reply.ts'
import { statusReply } from './status-codes.ts'

type Extras = NonNullable<ReturnType<typeof part<'httpbin'>>>
type WithExtras = (call: Call, extras: Extras) => Reply | undefined

/** Without the extras the run is made again once they are there (parts.ts), so this answer is the last one only where they cannot be loaded. */
const endpoint = (pattern: RegExp, answer: WithExtras): Endpoint => ({
  pattern,
  methods: ['GET'],
  answer: (call) => {
    const extras = part('httpbin')
    return extras === undefined ? plainError(501, 'This part of httpbin could not be loaded.\n') : answer(call, extras)
  },
})

const html = 'text/html; charset=utf-8'

const page = (path: string, type: string, ...headers: HeaderList) =>
  endpoint(new RegExp(`^${path.replaceAll('.', '\\.')}$`), (_call, { fixedBody }) =>
    fixed(fixedBody(path), type, headers),
  )

function fixed(body: Uint8Array | undefined, type: string, headers: HeaderList): Reply | undefined {
  return body === undefined ? undefined : sized(200, type, body, ...headers)
}

const pictures = { webp: 'image/webp', svg: 'image/svg+xml', jpeg: 'image/jpeg', png: 'image/png' } as const

/** By what `Accept` contains, in this order. */
function picture(call: Call, { fixedBody }: Extras): Reply | undefined {
  const accept = call.facts.headers.get('Accept')?.toLowerCase() ?? 'image/png'
  const fallback = accept.includes('image/*') ? (['png', pictures.png] as const) : undefined
  const [name, type] = Object.entries(pictures).find(([, mime]) => accept.includes(mime)) ?? fallback ?? []
  if (name === undefined || type === undefined) return statusReply(406)
  return fixed(fixedBody(`/image/${name}`), type, [])
}

function encoded(call: Call, word: string, encoding: string, pack: (content: Uint8Array) => Uint8Array): Reply {
  const { headers, method, origin } = call.facts.json
  const entries: readonly (readonly [string, Json])[] = [
    [word, bool(true)],
    ['headers', headers],
    ['method', method],
    ['origin', origin],
  ]
  const plain = jsonReply(object(entries))
  const body = plain.body instanceof Uint8Array ? pack(plain.body) : new Uint8Array()
  return sized(200, 'application/json', body, ['Content-Encoding', encoding])
}

export const extraEndpoints: readonly Endpoint[] = [
  endpoint(/^\/gzip$/, (call, extras) =>
    encoded(call, 'gzipped', 'gzip', (content) => extras.gzipped(content, call.context.nowMs)),
  ),
  endpoint(/^\/deflate$/, (call, extras) => encoded(call, 'deflated', 'deflate', extras.deflated)),
  endpoint(/^\/brotli$/, (call, extras) => encoded(call, 'brotli', 'br', extras.brotli)),
  endpoint(/^\/digest-auth\/([^/]+)\/([^/]+)\/([^/]+)(?:\/([^/]+)(?:\/([^/]+))?)?$/, (call, extras) =>
    extras.digestAuth(call),
  ),
  endpoint(/^\/image$/, picture),
  ...Object.entries(pictures).map(([name, type]) => page(`/image/${name}`, type)),
  page('/encoding/utf8', html),
  page('/forms/post', html),
  page('/legacy', html),
  page('/', html),
  page('/spec.json', 'application/json'),
]
