import type { World } from './commands.ts'

const COMMANDS = [
  'build',
  'cat',
  'clear',
  'curl',
  'advance',
  'explain',
  'export',
  'help',
  'logs',
  'ls',
  'redis-cli',
  'reset',
  'run',
  'sleep',
  'test',
]
const CURL_OPTIONS = [
  '--data',
  '--data-binary',
  '--data-raw',
  '--header',
  '--head',
  '--http2',
  '--include',
  '--json',
  '--location',
  '--max-time',
  '--request',
  '--silent',
  '--user',
  '--user-agent',
  '--verbose',
  '--write-out',
]
const PATHS = [
  '/anything',
  '/delay/',
  '/delete',
  '/get',
  '/headers',
  '/ip',
  '/json',
  '/post',
  '/put',
  '/response-headers',
  '/status/',
  '/user-agent',
  '/uuid',
]

/** What Tab can put at the end of a line. `start` is where the completed word begins. */
export type Completion = { readonly start: number; readonly options: readonly string[] }

export function complete(line: string, world: World): Completion {
  const start = Math.max(line.lastIndexOf(' '), line.lastIndexOf("'"), line.lastIndexOf('"')) + 1
  const word = line.slice(start)
  const command = line.trimStart().split(/\s+/)[0] ?? ''
  const first = line.slice(0, start).trim() === ''
  const fits = (options: readonly string[]): Completion => ({
    start,
    options: options.filter((option) => option.startsWith(word) && option !== word),
  })
  if (first) return fits(COMMANDS)
  if (command === 'curl') {
    if (word.startsWith('-')) return fits(CURL_OPTIONS)
    if (word.startsWith('@')) return fits(Object.keys(world.files).map((path) => `@${path}`))
    return fits(urls(word, world))
  }
  if (command === 'cat' || command === 'ls') return fits(Object.keys(world.files))
  if (command === 'export') return fits(['test'])
  if (command === 'logs') return fits(['-f'])
  return { start, options: [] }
}

function urls(word: string, world: World): readonly string[] {
  const host = /^(?:http:\/\/)?[\w.-]+:\d+/.exec(word)?.[0]
  if (host !== undefined) return PATHS.map((path) => `${host}${path}`)
  return world.ports.flatMap((port) => [
    `localhost:${port}/get`,
    `127.0.0.1:${port}/get`,
    `http://127.0.0.1:${port}/get`,
  ])
}

/** The longest beginning that all options share. */
export function sharedPrefix(options: readonly string[]): string {
  const [first = '', ...rest] = options
  let length = first.length
  for (const option of rest) {
    let at = 0
    while (at < length && option[at] === first[at]) at++
    length = at
  }
  return first.slice(0, length)
}
