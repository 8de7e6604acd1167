import { isMap, isScalar, isSeq, parseDocument, type YAMLMap } from 'yaml'
import { yamlText } from '../store/yaml-text.ts'

/** What the composer edits of a request. Everything else of the step stays as it is written. */
export type RequestDraft = {
  readonly method: string
  readonly url: string
  /** In order, duplicates kept. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
  /** How the body is cut; empty: it goes in one piece. What the chunks leave over follows at once. */
  readonly chunks: readonly DraftChunk[]
  readonly protocol: 'h1' | 'h2'
}

/** `after` as it is written, e.g. `10ms`; '' for none. */
export type DraftChunk = { readonly size: number; readonly after: string }

export type StepLine = {
  readonly index: number
  readonly kind: 'request' | 'advance' | 'configure' | 'connection' | 'redis' | 'fault' | 'await' | 'expect' | 'unknown'
  /** `GET /get`, `60s`, …: tells two steps of a list apart. */
  readonly label: string
  /** Of a connection: how many pieces the client sends. */
  readonly pieces?: number
  /** For requests whose body is plain text; other bodies, and messages of a WebSocket, are edited in the file. */
  readonly draft: RequestDraft | undefined
}

const KINDS = ['request', 'await', 'advance', 'configure', 'connection', 'redis', 'fault', 'expect'] as const
export const emptyDraft: RequestDraft = {
  method: 'GET',
  url: 'http://127.0.0.1:10000/get',
  headers: [],
  body: '',
  chunks: [],
  protocol: 'h1',
}

/** The steps of a scenario as a list to choose from. Text that is no scenario gives an empty list. */
export function readSteps(text: string): readonly StepLine[] {
  const steps = parseDocument(text).get('steps')
  if (!isSeq(steps)) return []
  return steps.items.map((item, index): StepLine => {
    if (!isMap(item)) return { index, kind: 'unknown', label: '', draft: undefined }
    const kind = KINDS.find((key) => item.has(key)) ?? 'unknown'
    if (kind === 'request') {
      const request = item.get('request')
      const draft = isMap(request) ? readDraft(request) : undefined
      return { index, kind, label: draft === undefined ? '' : labelOf(draft), draft }
    }
    const value = item.get(kind)
    const sent = isMap(value) ? value.get('send') : undefined
    return {
      index,
      kind,
      label: labelOfStep(kind, value),
      ...(kind === 'connection' ? { pieces: isSeq(sent) ? sent.items.length : 0 } : {}),
      draft: undefined,
    }
  })
}

/** `60s`, `INCR hits`, a listener, a plugin: the part that tells two steps of one kind apart. */
function labelOfStep(kind: StepLine['kind'], value: unknown): string {
  if (!isMap(value)) return textOf(value)
  if (kind === 'connection') return textOf(value.get('listener'))
  if (kind === 'configure') return value.items.map(({ key }) => nodeText(key)).join(', ')
  if (kind === 'fault') return textOf(value.get('cluster'))
  const command = kind === 'redis' ? value.get('command') : undefined
  return isSeq(command) ? command.items.map(nodeText).join(' ') : textOf(command)
}

export const labelOf = (draft: RequestDraft): string => `${draft.method} ${pathOf(draft.url)}`

const pathOf = (url: string): string => url.replace(/^[a-z]+:\/\/[^/?#]*/i, '') || '/'

function readDraft(request: YAMLMap): RequestDraft | undefined {
  const body = request.get('body')
  const chunks = request.get('chunks')
  if ((body !== undefined && typeof body !== 'string') || request.has('messages')) return undefined
  const cut = chunks === undefined ? [] : readChunks(isSeq(chunks) ? chunks.toJSON() : undefined)
  if (cut === undefined) return undefined
  return {
    method: textOf(request.get('method')) || 'GET',
    url: textOf(request.get('url')),
    headers: readHeaders(request.get('headers')),
    body: body ?? '',
    chunks: cut,
    protocol: request.get('protocol') === 'h2' ? 'h2' : 'h1',
  }
}

/** Undefined for what the form cannot show, e.g. `each-byte`. */
function readChunks(written: unknown): readonly DraftChunk[] | undefined {
  if (!Array.isArray(written)) return undefined
  const chunks: DraftChunk[] = []
  for (const chunk of written) {
    if (typeof chunk === 'number') chunks.push({ size: chunk, after: '' })
    else if (typeof chunk === 'object' && chunk !== null && 'size' in chunk && typeof chunk.size === 'number')
      chunks.push({ size: chunk.size, after: 'after' in chunk ? textOf(chunk.after) : '' })
    else return undefined
  }
  return chunks
}

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''

const nodeText = (node: unknown): string => (isScalar(node) ? textOf(node.value) : '')

function readHeaders(headers: unknown): RequestDraft['headers'] {
  if (isMap(headers))
    return headers.items.flatMap(({ key, value }) => {
      const name = nodeText(key)
      return isSeq(value)
        ? value.items.map((item) => [name, nodeText(item)] as const)
        : [[name, nodeText(value)] as const]
    })
  if (!isSeq(headers)) return []
  return headers.items.flatMap((pair) =>
    isSeq(pair) ? [[nodeText(pair.items[0]), nodeText(pair.items[1])] as const] : [],
  )
}

/** The same scenario with the request of one step replaced; comments and the rest stay. A new step is added at the end. */
export function writeRequest(text: string, index: number, draft: RequestDraft): string {
  const document = parseDocument(text)
  if (!isSeq(document.get('steps'))) document.set('steps', document.createNode([]))
  const path = ['steps', index, 'request']
  if (!document.hasIn(['steps', index])) document.addIn(['steps'], document.createNode({ request: {} }))
  if (!isMap(document.getIn(path))) document.setIn(path, document.createNode({}))
  const put = (key: string, value: unknown, wanted: boolean) => {
    if (wanted) document.setIn([...path, key], document.createNode(value, { flow: key === 'chunks' }))
    else document.deleteIn([...path, key])
  }
  put('url', draft.url, true)
  put('method', draft.method, draft.method !== 'GET')
  put('protocol', draft.protocol, draft.protocol !== 'h1')
  put(
    'headers',
    draft.headers.map((pair) => [...pair]),
    draft.headers.length > 0,
  )
  put('body', draft.body, draft.body !== '')
  put(
    'chunks',
    draft.chunks.map(({ size, after }) => (after.trim() === '' ? size : { size, after: after.trim() })),
    draft.chunks.length > 0,
  )
  return yamlText(document)
}

/** A new scenario with these requests. */
export function scenarioOf(name: string, drafts: readonly RequestDraft[]): string {
  return drafts.reduce(
    (text, draft, index) => writeRequest(text, index, draft),
    `name: ${JSON.stringify(name)}\nsteps: []\n`,
  )
}

export const sameDraft = (a: RequestDraft, b: RequestDraft): boolean => JSON.stringify(a) === JSON.stringify(b)
