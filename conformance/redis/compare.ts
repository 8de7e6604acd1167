/** One sequence of commands at both servers, and where their answers differ. */
import { encodeCommand } from '../../src/sandbox/upstream/redis/query.ts'
import { RedisServer } from '../../src/sandbox/upstream/redis/server.ts'
import type { Words } from './commands.ts'
import { type RealConnection, replyEnd } from './real-server.ts'

export type Difference = { readonly command: Words; readonly real: string; readonly mock: string }

/** Both start empty, on database 0, at the same time; every answer is compared. */
export async function differences(
  real: RealConnection,
  commands: readonly Words[],
  protocol = '2',
): Promise<readonly Difference[]> {
  const [, , , time = ''] = await real.ask(
    [['reset'], ['flushall'], ['select', '0'], ['time'], ['client', 'setname', ''], ['hello', protocol]]
      .map(encodeCommand)
      .join(''),
    6,
  )
  const [, seconds = '0', , micros = '0'] = time.split('\r\n').slice(1)
  const now = Number(seconds) * 1000 + Math.floor(Number(micros) / 1000)
  const mock = new RedisServer({ username: '', password: '', data: [], random: () => 0 })
  const session = mock.connect()
  mock.receive(session, encodeCommand(['hello', protocol]), now)
  const sent = commands.map(encodeCommand).join('')
  const fromReal = await real.ask(sent, commands.length)
  const fromMock = mock.receive(session, sent, now).replies
  let queued: Words[] = []
  return commands.flatMap((command, index) => {
    const [theirs = 'closed', ours = 'closed'] = [fromReal[index], fromMock[index]?.reply]
    if (ours === '+QUEUED\r\n') queued.push(command)
    const run = queued
    if (/^(exec|discard)$/i.test(command[0] ?? '')) queued = []
    return same(command, theirs, ours) || sameExec(command, run, theirs, ours)
      ? []
      : [{ command, real: theirs, mock: ours }]
  })
}

/** No order is promised for these. */
const unordered = new Set(['keys', 'scan', 'sscan', 'smembers', 'sinter', 'sunion', 'sdiff'])
/** Time passes at the real server while it works; a second more is enough for a sequence. */
const times: Readonly<Record<string, number>> = { ttl: 2, pttl: 2000, expiretime: 2, pexpiretime: 2000 }

function same([name = '']: Words, real: string, mock: string): boolean {
  if (real === mock) return true
  const command = name.toLowerCase()
  const tolerance = times[command]
  if (tolerance !== undefined && /^:\d+\r\n$/.test(real) && /^:\d+\r\n$/.test(mock)) {
    return Math.abs(Number(real.slice(1)) - Number(mock.slice(1))) <= tolerance
  }
  if (unordered.has(command)) return sorted(real) === sorted(mock)
  if (command === 'hello') return withoutServer(real) === withoutServer(mock)
  return false
}

/** The replies of queued commands, each by its own rule. */
function sameExec([name = '']: Words, queued: readonly Words[], real: string, mock: string): boolean {
  if (name.toLowerCase() !== 'exec' || !real.startsWith('*') || !mock.startsWith('*')) return false
  const [theirs, ours] = [elements(real), elements(mock)]
  return theirs.length === ours.length && queued.every((words, at) => same(words, theirs[at] ?? '', ours[at] ?? ''))
}

function elements(reply: string): readonly string[] {
  const items: string[] = []
  for (let at = reply.indexOf('\r\n') + 2; /^[*~%]/.test(reply) && at < reply.length; ) {
    const end = replyEnd(reply, at) ?? reply.length
    items.push(reply.slice(at, end))
    at = end
  }
  return items
}

/** The elements of an array in a fixed order, inner arrays too. */
function sorted(reply: string): string {
  if (!/^[*~]/.test(reply)) return reply
  return `${reply.slice(0, reply.indexOf('\r\n'))} ${elements(reply).map(sorted).sort().join('')}`
}

/** Connection id and release are the server's own. */
export const withoutServer = (reply: string): string =>
  reply.replace(/id\r\n:\d+/, 'id').replace(/\$\d+\r\n\d+\.\d+\.\d+/, 'version')
