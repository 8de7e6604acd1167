import { type CurlCommand, parseCurl, type ReadProjectFile } from './curl-options.ts'
import { curlVersion, urlParts } from './curl-output.ts'
import { documentCommand } from './document-commands.ts'
import { type RedisCliCommand, redisCli } from './redis-cli.ts'
import { durationMs } from './session.ts'
import type { SimpleCommand } from './words.ts'

/** What a command needs to know; nothing it could change. */
export type World = {
  readonly files: Readonly<Record<string, string>>
  readonly plugins: readonly string[]
  /** Ports that answer: the listeners and 12345. */
  readonly ports: readonly number[]
}

/** What a command wants done. Printing is the only effect that needs no one else. `say`: a message of the catalogue. */
export type Effect =
  | { readonly kind: 'print'; readonly text: string; readonly error?: boolean; readonly code?: number }
  | {
      readonly kind: 'say'
      readonly key: SayKey
      readonly params?: Readonly<Record<string, string | number>>
      readonly code?: number
    }
  | { readonly kind: 'request'; readonly command: CurlCommand; readonly url: string }
  | { readonly kind: 'redis'; readonly command: RedisCliCommand }
  | { readonly kind: 'advance'; readonly ms: number }
  | { readonly kind: 'build' | 'test' | 'explain' | 'reset' | 'clear' | 'run' }
  | { readonly kind: 'logs'; readonly follow: boolean }
  /** gofmt or goimports of the file at hand. */
  | { readonly kind: 'format'; readonly ask: 'format' | 'imports' }
  | { readonly kind: 'go-version' }
  | { readonly kind: 'export-test'; readonly name: string }

export type SayKey =
  | 'terminal.help'
  | 'terminal.unknown'
  | 'terminal.port'
  | 'terminal.https'
  | 'terminal.usage'
  | 'terminal.noFile'
  | 'terminal.redis.interactive'
  | 'terminal.redis.option'
  | 'terminal.doc.modules'
  | 'terminal.doc.goBuild'
  | 'terminal.doc.tinygo'
  | 'terminal.doc.cargo'
  | 'terminal.doc.compose'
  | 'terminal.doc.composeDown'
  | 'terminal.doc.docker'
  | 'terminal.doc.make'
  | 'terminal.doc.kubectl'
  | 'terminal.doc.makeImage'
  | 'terminal.doc.mkdir'
  | 'terminal.doc.envoy'
  | 'terminal.doc.git'
  | 'terminal.doc.package'

/** One command → what is to be done, in order. Pure: the same words give the same effects. */
export function interpret(command: SimpleCommand, world: World): readonly Effect[] {
  const [name = '', ...args] = command.words
  switch (name) {
    case 'curl':
      return curl(args, world)
    case 'help':
    case '?':
      return [{ kind: 'say', key: 'terminal.help' }]
    case 'redis-cli':
      return redisCli(args)
    case 'clear':
      return [{ kind: 'clear' }]
    case 'build':
      return [{ kind: 'build' }]
    case 'test':
      return [{ kind: 'test' }]
    case 'run':
      return [{ kind: 'run' }]
    case 'explain':
      return [{ kind: 'explain' }]
    case 'reset':
      return [{ kind: 'reset' }]
    case 'logs':
      return logs(args)
    case 'sleep':
    case 'advance': {
      const ms = args[0] === undefined ? undefined : durationMs(args[0])
      return ms === undefined
        ? [{ kind: 'say', key: 'terminal.usage', params: { usage: `${name} 5s` }, code: 1 }]
        : [{ kind: 'advance', ms }]
    }
    case 'export':
      return args[0] === 'test'
        ? [{ kind: 'export-test', name: args[1] ?? 'session' }]
        : [{ kind: 'say', key: 'terminal.usage', params: { usage: 'export test [NAME]' }, code: 1 }]
    case 'ls':
      return list(args, world)
    case 'cat':
      return cat(args, world)
    case 'pwd':
      return [{ kind: 'print', text: '/project\n' }]
    case 'echo':
      return [{ kind: 'print', text: `${args.join(' ')}\n` }]
    case 'true':
    case 'cd':
      return []
    default:
      return documentCommand(command) ?? [{ kind: 'say', key: 'terminal.unknown', params: { name }, code: 127 }]
  }
}

function curl(args: readonly string[], world: World): readonly Effect[] {
  if (args.includes('--version') || args.includes('-V')) return [{ kind: 'print', text: curlVersion }]
  const parsed = parseCurl(args, reader(world))
  if (parsed.kind === 'error')
    return [
      {
        kind: 'print',
        text: `${parsed.message}\ncurl: try 'curl --help' for more information\n`,
        error: true,
        code: parsed.code,
      },
    ]
  const { command } = parsed
  return command.urls.map((url): Effect => {
    if (/^https:/i.test(url)) return { kind: 'say', key: 'terminal.https', code: 35 }
    if (/^[a-z]+:\/\//i.test(url) && !/^http:/i.test(url))
      return { kind: 'print', text: `curl: (1) Protocol "${url.split(':')[0]}" not supported\n`, error: true, code: 1 }
    const { host, port } = urlParts(url)
    if (host === '')
      return { kind: 'print', text: 'curl: (3) URL rejected: No host part in the URL\n', error: true, code: 3 }
    if (!world.ports.includes(port))
      return { kind: 'say', key: 'terminal.port', params: { host, port, ports: world.ports.join(', ') }, code: 7 }
    return { kind: 'request', command, url }
  })
}

/** Files of the project by path, with or without `./`; nothing outside exists. */
const reader =
  (world: World): ReadProjectFile =>
  (path) => {
    const clean = path.replace(/^\.\//, '').replace(/^\/project\//, '')
    return Object.hasOwn(world.files, clean) ? world.files[clean] : undefined
  }

function logs(args: readonly string[]): readonly Effect[] {
  const unknown = args.find((arg) => arg !== '-f' && arg !== '--follow')
  if (unknown !== undefined) return [{ kind: 'say', key: 'terminal.usage', params: { usage: 'logs [-f]' }, code: 1 }]
  return [{ kind: 'logs', follow: args.length > 0 }]
}

function list(args: readonly string[], world: World): readonly Effect[] {
  const folder = (args.find((arg) => !arg.startsWith('-')) ?? '').replace(/^\.\/?/, '').replace(/\/$/, '')
  const prefix = folder === '' ? '' : `${folder}/`
  const inside = Object.keys(world.files).filter((path) => path.startsWith(prefix))
  if (inside.length === 0 && folder !== '') {
    return Object.hasOwn(world.files, folder)
      ? [{ kind: 'print', text: `${folder}\n` }]
      : [{ kind: 'say', key: 'terminal.noFile', params: { command: 'ls', path: folder }, code: 2 }]
  }
  const names = new Set(inside.map((path) => path.slice(prefix.length).replace(/\/.*$/, '/')))
  return [
    {
      kind: 'print',
      text: [...names]
        .sort()
        .map((name) => `${name}\n`)
        .join(''),
    },
  ]
}

function cat(args: readonly string[], world: World): readonly Effect[] {
  const read = reader(world)
  if (args.length === 0) return [{ kind: 'say', key: 'terminal.usage', params: { usage: 'cat FILE' }, code: 1 }]
  return args.map((path): Effect => {
    const text = read(path)
    if (text === undefined) return { kind: 'say', key: 'terminal.noFile', params: { command: 'cat', path }, code: 1 }
    return { kind: 'print', text: text === '' || text.endsWith('\n') ? text : `${text}\n` }
  })
}
