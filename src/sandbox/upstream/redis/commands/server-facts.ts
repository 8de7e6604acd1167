import { type Call, type Command, command, keys } from '../command.ts'
import { matchesGlob } from '../glob.ts'
import { longestBulk } from '../numbers.ts'
import { array, bulk, bulks, error, integer, mapOf, type Reply, shown } from '../reply.ts'
import { redisVersion } from '../version.ts'

/** What clients ask CONFIG for; the values of a server started without a file. */
const settings: readonly (readonly [name: string, value: string])[] = [
  ['appendonly', 'no'],
  ['databases', '16'],
  ['maxmemory', '0'],
  ['maxmemory-policy', 'noeviction'],
  ['notify-keyspace-events', ''],
  ['proto-max-bulk-len', String(longestBulk)],
  ['save', ''],
  ['timeout', '0'],
]

function config(_: Call, [sub = '', ...patterns]: readonly string[]): Reply {
  if (sub.toLowerCase() !== 'get') return error(`ERR not in Proxyground yet: CONFIG ${sub.toUpperCase()}`)
  if (patterns.length === 0) return error("ERR wrong number of arguments for 'config|get' command")
  const found = settings.filter(([name]) => patterns.some((pattern) => matchesGlob(pattern.toLowerCase(), name)))
  return mapOf(found.map(([name, value]) => [bulk(name), bulk(value)]))
}

/** The sections whose facts exist here. */
function info(call: Call, sections: readonly string[]): Reply {
  const asked = sections.map((section) => section.toLowerCase())
  const every = asked.length === 0 || asked.some((section) => /^(all|default|everything)$/.test(section))
  const wants = (section: string): boolean => every || asked.includes(section)
  const parts: string[] = []
  if (wants('server')) {
    parts.push(
      `# Server\r\nredis_version:${redisVersion}\r\nredis_mode:standalone\r\nos:Proxyground\r\ntcp_port:6379\r\n`,
    )
  }
  if (wants('replication')) parts.push('# Replication\r\nrole:master\r\nconnected_slaves:0\r\n')
  if (wants('keyspace')) {
    const lines = call.server.databases.flatMap((db, number) => {
      const all = db.keys(call.now)
      const ending = all.filter((key) => db.expiresAt(key, call.now) !== undefined).length
      return all.length === 0 ? [] : [`db${number}:keys=${all.length},expires=${ending},avg_ttl=0\r\n`]
    })
    parts.push(`# Keyspace\r\n${lines.join('')}`)
  }
  return { kind: 'verbatim', text: parts.join('\r\n') }
}

function commandFacts(call: Call, [sub, ...names]: readonly string[]): Reply {
  const all = call.server.commands
  switch (sub?.toLowerCase()) {
    case undefined:
      return array([...all.values()].map(described))
    case 'count':
      return integer(all.size)
    case 'docs':
      return mapOf([])
    case 'info':
      return array(names.map((name) => described(all.get(name.toLowerCase()))))
    default:
      return error(`ERR unknown subcommand '${shown(sub ?? '').slice(0, 128)}'. Try COMMAND HELP.`)
  }
}

function described(known: Command | undefined): Reply {
  if (known === undefined) return { kind: 'null-array' }
  const [first, last, step] = known.keys ?? [0, 0, 0]
  const flags = known.flags.map((flag): Reply => ({ kind: 'status', text: flag }))
  return array([
    bulk(known.name),
    integer(known.arity),
    { kind: 'set', items: flags },
    integer(first),
    integer(last),
    integer(step),
  ])
}

export const serverFacts: readonly Command[] = [
  command('info', -1, [], keys.none, info),
  command('config', -2, ['no-script'], keys.none, config),
  command('command', -1, [], keys.none, commandFacts),
  command('time', 1, ['fast', 'random'], keys.none, (call) => {
    const seconds = Math.floor(call.now / 1000)
    return bulks([String(seconds), String(Math.floor((call.now - seconds * 1000) * 1000))])
  }),
]
