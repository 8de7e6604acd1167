import type { CurlCommand } from './curl-options.ts'
import { urlParts } from './curl-output.ts'
import type { RedisCliCommand } from './redis-cli.ts'

/** One thing that happened in a terminal session: the whole session is one scenario that grows (design 4.6). */
export type SessionStep =
  | { readonly kind: 'request'; readonly url: string; readonly command: CurlCommand }
  | { readonly kind: 'redis'; readonly command: RedisCliCommand }
  | { readonly kind: 'advance'; readonly ms: number }

/** The session as scenario text. Equal sessions give equal text, so a run of it is deterministic. */
export function sessionScenario(name: string, steps: readonly SessionStep[]): string {
  const lines = [`name: ${JSON.stringify(name)}`, steps.length === 0 ? 'steps: []' : 'steps:']
  for (const step of steps) {
    if (step.kind === 'advance') lines.push(`  - advance: ${step.ms}ms`)
    else if (step.kind === 'redis') lines.push(...redisLines(step.command))
    else lines.push(...requestLines(step))
  }
  return `${lines.join('\n')}\n`
}

/** JSON strings are YAML strings, whatever is in them. */
const quoted = (text: string): string => JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, escaped)
const escaped = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`

function redisLines({ cluster, username, password, database, words }: RedisCliCommand): readonly string[] {
  const given = Object.entries({ cluster, username, password }).filter(([, value]) => value !== undefined)
  return [
    '  - redis:',
    ...given.map(([name, value]) => `      ${name}: ${quoted(value ?? '')}`),
    ...(database === undefined ? [] : [`      database: ${database}`]),
    `      command: [${words.map(quoted).join(', ')}]`,
  ]
}

function requestLines({ url, command }: Extract<SessionStep, { kind: 'request' }>): readonly string[] {
  const lines = ['  - request:', `      url: ${quoted(fullUrl(url))}`]
  if (command.method !== 'GET') lines.push(`      method: ${quoted(command.method)}`)
  if (command.protocol === 'h2') lines.push('      protocol: h2')
  if (command.headers.length > 0) {
    const pairs = command.headers.map(([name, value]) => `[${quoted(name)}, ${quoted(value)}]`)
    lines.push(`      headers: [${pairs.join(', ')}]`)
  }
  if (command.body !== undefined) lines.push(`      body: ${quoted(command.body)}`)
  if (command.maxTime !== undefined) lines.push(`      abort: { after: ${command.maxTime}ms }`)
  return lines
}

/** `localhost:10000/get` → `http://localhost:10000/get`. */
export const fullUrl = (url: string): string => {
  const { target } = urlParts(url)
  const whole = /^[a-z]+:\/\//i.test(url) ? url : `http://${url}`
  const path = whole.replace(/^[a-z]+:\/\/[^/?#]*/i, '')
  return path.startsWith('/')
    ? whole.replace(/#.*$/, '')
    : `${whole.slice(0, whole.length - path.length)}${target}`.replace(/#.*$/, '')
}

/** `5s`, `200ms`, `1m`, or plain seconds as `sleep` takes them. */
export function durationMs(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|)$/.exec(text)
  if (match === null) return undefined
  const unit = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }[match[2] === '' ? 's' : (match[2] ?? 's')] ?? 1000
  return Math.round(Number(match[1]) * unit)
}
