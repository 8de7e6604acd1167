import { type Call, type Command, command, index, int, isWord, keys } from '../command.ts'
import {
  bulk,
  emptyArray,
  error,
  errors,
  integer,
  mapOf,
  nothing,
  okReply,
  type Reply,
  shown,
  status,
} from '../reply.ts'
import { redisVersion } from '../version.ts'

const wrongPassword = error('WRONGPASS invalid username-password pair or user is disabled.')

function auth(call: Call, words: readonly string[]): Reply {
  if (words.length > 2) return errors.syntax
  const { server, session } = call
  const [first = '', second] = words
  if (second === undefined && !server.defaultNeedsPassword) {
    return error(
      'ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?',
    )
  }
  const user = second === undefined ? 'default' : first
  if (!server.accepts(user, second ?? first)) return wrongPassword
  session.user = user
  return okReply
}

function hello(call: Call, words: readonly string[]): Reply {
  const { session } = call
  let { protocol } = session
  let at = 0
  if (words[0] !== undefined) {
    const version = index(words[0], error('ERR Protocol version is not an integer or out of range'))
    if (version !== 2 && version !== 3) return error('NOPROTO unsupported protocol version')
    protocol = version
    at = 1
  }
  for (; at < words.length; at++) {
    if (isWord(words[at], 'auth') && at + 2 < words.length) {
      const answer = auth(call, [words[++at] ?? '', words[++at] ?? ''])
      if (answer.kind === 'error') return answer
    } else if (isWord(words[at], 'setname') && at + 1 < words.length) session.name = words[++at] ?? ''
    else return error(`ERR Syntax error in HELLO option '${shown(words[at] ?? '')}'`)
  }
  if (session.user === undefined) {
    return error(
      'NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO AUTH <user> <pass> option can be used to authenticate the client and select the RESP protocol version at the same time',
    )
  }
  session.protocol = protocol
  return mapOf([
    [bulk('server'), bulk('redis')],
    [bulk('version'), bulk(redisVersion)],
    [bulk('proto'), integer(protocol)],
    [bulk('id'), integer(session.id)],
    [bulk('mode'), bulk('standalone')],
    [bulk('role'), bulk('master')],
    [bulk('modules'), emptyArray],
  ])
}

/** What Redis 7.0 has beside those below. */
const clientSubcommands: ReadonlySet<string> = new Set(
  'caching getredir help info kill list no-evict pause reply tracking trackinginfo unblock unpause'.split(' '),
)

function client(call: Call, [sub = '', ...rest]: readonly string[]): Reply {
  const { session } = call
  const none = rest.length === 0
  switch (sub.toLowerCase()) {
    case 'id':
      if (none) return integer(session.id)
      break
    case 'getname':
      if (none) return session.name === '' ? nothing : bulk(session.name)
      break
    case 'setname': {
      const [name] = rest
      if (name === undefined || rest.length > 1) break
      if (/[^!-~]/.test(name)) {
        return error('ERR Client names cannot contain spaces, newlines or special characters.')
      }
      session.name = name
      return okReply
    }
    default:
      return clientSubcommands.has(sub.toLowerCase())
        ? error(`ERR not in Proxyground yet: CLIENT ${sub.toUpperCase()}`)
        : error(`ERR unknown subcommand '${shown(sub).slice(0, 128)}'. Try CLIENT HELP.`)
  }
  return error(`ERR wrong number of arguments for 'client|${sub.toLowerCase()}' command`)
}

export const connection: readonly Command[] = [
  command('ping', -1, ['fast'], keys.none, (_, words) => {
    if (words.length > 1) return error("ERR wrong number of arguments for 'ping' command")
    return words[0] === undefined ? status('PONG') : bulk(words[0])
  }),
  command('echo', 2, ['fast'], keys.none, (_, [text = '']) => bulk(text)),
  command('auth', -2, ['fast', 'no-auth', 'no-script'], keys.none, auth),
  command('hello', -1, ['fast', 'no-auth', 'no-script'], keys.none, hello),
  command('select', 2, ['fast'], keys.none, (call, [which]) => {
    const database = int(which)
    if (call.server.database(database) === undefined) return error('ERR DB index is out of range')
    call.session.database = database
    return okReply
  }),
  command('client', -2, ['no-script'], keys.none, client),
  command('quit', -1, ['fast', 'no-auth', 'no-script'], keys.none, (call) => {
    call.session.closing = true
    return okReply
  }),
  command('reset', 1, ['fast', 'no-auth', 'no-script'], keys.none, (call) => {
    call.session.queue = undefined
    call.server.watching.end(call.session)
    call.session.database = 0
    call.session.name = ''
    call.session.protocol = 2
    call.session.user = call.server.defaultNeedsPassword ? undefined : 'default'
    return status('RESET')
  }),
]
