/** The kinds of services in the order of docs/project-files.md. */
export const serviceKinds = [
  'httpbin',
  'echo',
  'fixed',
  'stream',
  'rules',
  'handler',
  'grpc',
  'redis',
  'websocket',
  'tcp',
  'unreachable',
  'reset',
  'hang',
] as const
export type ServiceKind = (typeof serviceKinds)[number]

export const isServiceKind = (kind: string): kind is ServiceKind => serviceKinds.some((known) => known === kind)

/** How one field is edited. `usual` is what holds when nothing is written. */
export type Field =
  | { readonly key: FieldKey; readonly as: 'number' | 'duration' | 'line' | 'text' | 'file'; readonly usual?: string }
  | { readonly key: FieldKey; readonly as: 'pairs' | 'chunks' | 'flag' }
  | { readonly key: 'at'; readonly as: 'choice'; readonly of: readonly ['afterBody', 'early'] }
  | { readonly key: 'protocol'; readonly as: 'choice'; readonly of: readonly ['h1', 'h2'] | readonly ['h2', 'h1'] }

type FieldKey =
  | 'status'
  | 'headers'
  | 'body'
  | 'delay'
  | 'chunks'
  | 'file'
  | 'username'
  | 'password'
  | 'data'
  | 'echo'
  | 'timeout'

const reply: readonly Field[] = [
  { key: 'status', as: 'number', usual: '200' },
  { key: 'headers', as: 'pairs' },
]
const delay: Field = { key: 'delay', as: 'duration', usual: '0ms' }
const when: Field = { key: 'at', as: 'choice', of: ['afterBody', 'early'] }

const own: Readonly<Record<ServiceKind, readonly Field[]>> = {
  httpbin: [],
  echo: [],
  fixed: [...reply, { key: 'body', as: 'text' }, delay, when],
  stream: [...reply, { key: 'chunks', as: 'chunks' }, delay, when],
  rules: [],
  handler: [{ key: 'file', as: 'file' }],
  grpc: [],
  redis: [
    { key: 'username', as: 'line' },
    { key: 'password', as: 'line' },
    { key: 'data', as: 'pairs' },
  ],
  websocket: [],
  tcp: [
    { key: 'echo', as: 'flag' },
    { key: 'chunks', as: 'chunks' },
  ],
  unreachable: [],
  reset: [delay],
  hang: [],
}

const speaksHttp: readonly ServiceKind[] = ['httpbin', 'echo', 'fixed', 'stream', 'rules', 'handler']

/** What the form asks of a service of this kind, in order. */
export function fieldsOf(kind: ServiceKind): readonly Field[] {
  const protocol: readonly Field[] = speaksHttp.includes(kind)
    ? [{ key: 'protocol', as: 'choice', of: ['h1', 'h2'] }]
    : []
  return [...own[kind], ...protocol, { key: 'timeout', as: 'duration', usual: '5s' }]
}

/** What a new service of this kind begins with, so that it does something at once. */
export function startOf(kind: ServiceKind, file: string): Readonly<Record<string, unknown>> {
  switch (kind) {
    case 'fixed':
      return { kind, body: 'ok' }
    case 'stream':
      return {
        kind,
        headers: { 'content-type': 'text/event-stream' },
        chunks: [{ data: 'data: one\n\n' }, { data: 'data: two\n\n', delay: '50ms' }],
      }
    case 'rules':
      return {
        kind,
        // biome-ignore lint/suspicious/noThenProperty: the file format's own word; these objects are never awaited
        rules: [{ when: { prefix: '/health' }, then: { kind: 'fixed', body: 'ok' } }, { then: { kind: 'echo' } }],
      }
    case 'handler':
      return { kind, file }
    case 'grpc':
      return { kind, replies: { '*': { messages: [{ data: '' }] } } }
    case 'tcp':
      return { kind, echo: true }
    default:
      return { kind }
  }
}

/** Stays when the kind changes: every service has it. */
export const commonKeys = ['hosts', 'protocol', 'timeout', 'faults'] as const

export const faultKinds = [
  'latency',
  'timeout',
  'reset',
  'status',
  'slow',
  'truncate',
  'length',
  'noauth',
  'loading',
] as const
export type FaultKind = (typeof faultKinds)[number]

export const isFaultKind = (kind: unknown): kind is FaultKind => faultKinds.some((known) => known === kind)

export type FaultField = 'at' | 'afterBytes' | 'status' | 'bytes' | 'latency' | 'jitter' | 'times'

/** What the form asks of a fault. Every fault can come late too; that is offered where it is the point. */
export const faultFields: Readonly<Record<FaultKind, readonly FaultField[]>> = {
  latency: ['latency', 'jitter', 'times'],
  timeout: ['at', 'afterBytes', 'times'],
  reset: ['at', 'afterBytes', 'times'],
  status: ['status', 'times'],
  slow: ['bytes', 'latency', 'times'],
  truncate: ['afterBytes', 'times'],
  length: ['bytes', 'times'],
  noauth: ['times'],
  loading: ['times'],
}

/** What a new fault begins with. */
export function startOfFault(kind: FaultKind): Readonly<Record<string, unknown>> {
  switch (kind) {
    case 'latency':
      return { kind, latency: '2s' }
    case 'status':
      return { kind, status: 503 }
    case 'slow':
      return { kind, bytes: 100, latency: '200ms' }
    case 'truncate':
      return { kind, afterBytes: 10 }
    case 'length':
      return { kind, bytes: 1000 }
    default:
      return { kind }
  }
}
