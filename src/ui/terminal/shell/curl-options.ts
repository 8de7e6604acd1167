import { base64Bytes } from './base64.ts'

/** What one `curl` command asks for. Header names and values are as typed. */
export type CurlCommand = {
  readonly urls: readonly string[]
  readonly method: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string | undefined
  readonly protocol: 'h1' | 'h2'
  readonly include: boolean
  readonly head: boolean
  readonly verbose: boolean
  readonly silent: boolean
  readonly showError: boolean
  readonly fail: boolean
  readonly follow: boolean
  /** -o: `/dev/null`, `-`, or undefined. */
  readonly output: string | undefined
  readonly writeOut: string
  /** -m in milliseconds. */
  readonly maxTime: number | undefined
}

export type CurlParse =
  | { readonly kind: 'ok'; readonly command: CurlCommand }
  /** curl's own words and exit code. */
  | { readonly kind: 'error'; readonly message: string; readonly code: number }

/** Reads a text file of the project; undefined if there is none. Paths outside the project do not exist. */
export type ReadProjectFile = (path: string) => string | undefined

const WITH_VALUE: Readonly<Record<string, string>> = {
  '-X': 'request',
  '--request': 'request',
  '-H': 'header',
  '--header': 'header',
  '-d': 'data',
  '--data': 'data',
  '--data-ascii': 'data',
  '--data-raw': 'data-raw',
  '--data-binary': 'data-binary',
  '--data-urlencode': 'data-urlencode',
  '--json': 'json',
  '-o': 'output',
  '--output': 'output',
  '-w': 'write-out',
  '--write-out': 'write-out',
  '-A': 'user-agent',
  '--user-agent': 'user-agent',
  '-e': 'referer',
  '--referer': 'referer',
  '-b': 'cookie',
  '--cookie': 'cookie',
  '-u': 'user',
  '--user': 'user',
  '-m': 'max-time',
  '--max-time': 'max-time',
  '--connect-timeout': 'ignored',
  '--resolve': 'ignored',
  '--retry': 'ignored',
  '--url': 'url',
}
const FLAGS: Readonly<Record<string, string>> = {
  '-i': 'include',
  '--include': 'include',
  '-I': 'head',
  '--head': 'head',
  '-v': 'verbose',
  '--verbose': 'verbose',
  '-s': 'silent',
  '--silent': 'silent',
  '-S': 'show-error',
  '--show-error': 'show-error',
  '-f': 'fail',
  '--fail': 'fail',
  '-k': 'ignored',
  '--insecure': 'ignored',
  '-L': 'location',
  '--location': 'location',
  '-G': 'get',
  '--get': 'get',
  '-g': 'ignored',
  '--globoff': 'ignored',
  '-N': 'ignored',
  '--no-buffer': 'ignored',
  '-4': 'ignored',
  '-6': 'ignored',
  '--compressed': 'compressed',
  '--http1.1': 'http1',
  '--http1.0': 'http1',
  '--http2': 'http2',
  '--http2-prior-knowledge': 'http2',
  '--no-progress-meter': 'silent-meter',
  '--path-as-is': 'ignored',
}
/** The version whose words and default header we print. */
export const CURL_VERSION = '8.5.0'

type Given = { readonly option: string; readonly value: string }

export function parseCurl(args: readonly string[], read: ReadProjectFile): CurlParse {
  const given: Given[] = []
  const urls: string[] = []
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? ''
    if (arg === '--') {
      urls.push(...args.slice(at + 1))
      break
    }
    if (!arg.startsWith('-') || arg === '-') {
      urls.push(arg)
      continue
    }
    const parts = splitOption(arg)
    if (parts === undefined) return unknown(arg)
    for (const part of parts) {
      const flag = FLAGS[part.name]
      const option = WITH_VALUE[part.name]
      if (flag !== undefined) given.push({ option: flag, value: '' })
      else if (option !== undefined) {
        const value = part.value ?? args[++at]
        if (value === undefined)
          return { kind: 'error', message: `curl: option ${part.name}: requires parameter`, code: 2 }
        if (option === 'url') urls.push(value)
        else given.push({ option, value })
      } else return unknown(part.name)
    }
  }
  if (urls.length === 0) return { kind: 'error', message: 'curl: (2) no URL specified', code: 2 }
  return build(given, urls, read)
}

const unknown = (name: string): CurlParse => ({
  kind: 'error',
  message: `curl: option ${name}: is unknown`,
  code: 2,
})

/** `-sS` is two flags, `-XPOST` an option with its value. */
function splitOption(arg: string): readonly { name: string; value: string | undefined }[] | undefined {
  if (arg.startsWith('--')) return [{ name: arg, value: undefined }]
  const parts: { name: string; value: string | undefined }[] = []
  for (let at = 1; at < arg.length; at++) {
    const name = `-${arg[at]}`
    if (name in FLAGS) parts.push({ name, value: undefined })
    else if (name in WITH_VALUE) {
      const rest = arg.slice(at + 1)
      parts.push({ name, value: rest === '' ? undefined : rest })
      break
    } else return undefined
  }
  return parts
}

function build(given: readonly Given[], urls: readonly string[], read: ReadProjectFile): CurlParse {
  const has = (option: string) => given.some((entry) => entry.option === option)
  const last = (option: string) => given.findLast((entry) => entry.option === option)?.value
  const data: string[] = []
  for (const { option, value } of given) {
    const part = dataOf(option, value, read)
    if (part.kind === 'error') return part
    if (part.text !== undefined) data.push(part.text)
  }
  const json = has('json')
  const joined = data.length === 0 ? undefined : data.join(json ? '' : '&')
  const get = has('get')
  const head = has('head')
  const method = last('request') ?? (head ? 'HEAD' : joined !== undefined && !get ? 'POST' : 'GET')
  return {
    kind: 'ok',
    command: {
      urls: urls.map((url) => (get && joined !== undefined ? `${url}${url.includes('?') ? '&' : '?'}${joined}` : url)),
      method,
      headers: headersOf(given, { body: joined !== undefined && !get, json, compressed: has('compressed') }),
      body: get ? undefined : joined,
      protocol: has('http2') ? 'h2' : 'h1',
      include: has('include'),
      head,
      verbose: has('verbose'),
      silent: has('silent'),
      showError: has('show-error'),
      fail: has('fail'),
      follow: has('location'),
      output: last('output'),
      writeOut: backslashes(last('write-out') ?? ''),
      maxTime: secondsToMs(last('max-time')),
    },
  }
}

type Data = { readonly kind: 'data'; readonly text: string | undefined } | Extract<CurlParse, { kind: 'error' }>

function dataOf(option: string, value: string, read: ReadProjectFile): Data {
  if (option === 'data-raw') return { kind: 'data', text: value }
  if (option === 'data-urlencode') {
    const at = value.indexOf('=')
    return {
      kind: 'data',
      text:
        at > 0
          ? `${value.slice(0, at)}=${encodeURIComponent(value.slice(at + 1))}`
          : encodeURIComponent(value.slice(at + 1)),
    }
  }
  if (option !== 'data' && option !== 'data-binary' && option !== 'json') return { kind: 'data', text: undefined }
  if (!value.startsWith('@')) return { kind: 'data', text: value }
  const path = value.slice(1)
  const text = path === '-' ? '' : read(path)
  if (text === undefined)
    return {
      kind: 'error',
      message: `curl: option ${option === 'json' ? '--json' : '-d'}: error encountered when reading a file`,
      code: 26,
    }
  return { kind: 'data', text: option === 'data' ? text.replace(/[\r\n]/g, '') : text }
}

function headersOf(
  given: readonly Given[],
  about: { readonly body: boolean; readonly json: boolean; readonly compressed: boolean },
): CurlCommand['headers'] {
  const own = given.flatMap(({ option, value }): (readonly [string, string])[] => {
    if (option === 'header') return [headerLine(value)]
    if (option === 'cookie') return [['cookie', value]]
    if (option === 'referer') return [['referer', value]]
    if (option === 'user') return [['authorization', `Basic ${base64Bytes(new TextEncoder().encode(value))}`]]
    return []
  })
  const named = (name: string) => own.some(([key]) => key.toLowerCase() === name)
  const agent = given.findLast(({ option }) => option === 'user-agent')?.value ?? `curl/${CURL_VERSION}`
  const defaults: (readonly [string, string])[] = [
    ['user-agent', agent],
    ['accept', about.json ? 'application/json' : '*/*'],
    ...(about.compressed ? [['accept-encoding', 'deflate, gzip, br, zstd'] as const] : []),
  ]
  const type = about.json ? 'application/json' : 'application/x-www-form-urlencoded'
  return [
    ...defaults.filter(([name, value]) => !named(name) && value !== ''),
    // `-H 'accept:'` takes a header of curl's own away; `-H 'x;'` sends an empty one.
    ...own
      .filter(([, value]) => value !== REMOVED)
      .map(([name, value]) => [name, value === EMPTY ? '' : value] as const),
    ...(about.body && !named('content-type') ? [['content-type', type] as const] : []),
  ]
}

const REMOVED = '\0removed'
const EMPTY = '\0empty'

function headerLine(text: string): readonly [string, string] {
  const colon = text.indexOf(':')
  if (colon < 0) return [text.replace(/;$/, ''), text.endsWith(';') ? EMPTY : REMOVED]
  const value = text.slice(colon + 1).trim()
  return [text.slice(0, colon).trim(), value === '' ? REMOVED : value]
}

const backslashes = (text: string): string =>
  text.replace(/\\([ntr\\])/g, (_, char: string) => ({ n: '\n', t: '\t', r: '\r' })[char] ?? char)

function secondsToMs(text: string | undefined): number | undefined {
  const seconds = Number(text)
  return text === undefined || !(seconds > 0) ? undefined : Math.round(seconds * 1000)
}
