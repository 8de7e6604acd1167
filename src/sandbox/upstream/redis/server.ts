/** A Redis server without sockets: sessions, databases and commands as plain functions of state and virtual time. */
import { type Command, Refusal } from './command.ts'
import { commandTable, notThereYet } from './commands/table.ts'
import { Database } from './keyspace.ts'
import { Rand48 } from './lua/math-library.ts'
import { parseQuery } from './query.ts'
import { encodeReply, error, type Reply, shown } from './reply.ts'
import type { Session } from './session.ts'

export type RedisServerOptions = {
  /** Empty, or `default`: the user everybody is. Another name: only that user can log in. */
  readonly username: string
  /** Empty: no login is needed. */
  readonly password: string
  /** Strings of database 0 at the start, as byte strings. */
  readonly data: readonly (readonly [key: string, value: string])[]
  /** A whole number below `limit`. */
  readonly random: (limit: number) => number
}

const databaseCount = 16

export class RedisServer {
  readonly databases: readonly Database[] = Array.from({ length: databaseCount }, () => new Database())
  readonly commands: ReadonlyMap<string, Command> = commandTable
  /** Scripts by their SHA-1. */
  readonly scripts = new Map<string, string>()
  /** `math.random` of scripts. */
  readonly scriptRandom = new Rand48()
  readonly #options: RedisServerOptions
  #lastSession = 0

  constructor(options: RedisServerOptions) {
    this.#options = options
    for (const [key, bytes] of options.data) this.databases[0]?.set(key, { type: 'string', bytes })
  }

  get defaultNeedsPassword(): boolean {
    return this.#options.password !== ''
  }

  /** A new connection; in with the default user when that needs no password. */
  connect(): Session {
    const user = this.defaultNeedsPassword ? undefined : 'default'
    return { id: ++this.#lastSession, database: 0, user, name: '', closing: false }
  }

  accepts(user: string, password: string): boolean {
    const { username } = this.#options
    const known = username === '' ? 'default' : username
    if (!this.defaultNeedsPassword) return user === 'default'
    return user === known && password === this.#options.password
  }

  database(number: number): Database | undefined {
    return this.databases[number]
  }

  clear(): void {
    for (const database of this.databases) database.clear()
  }

  random(limit: number): number {
    return this.#options.random(limit)
  }

  /** One command. `now`: milliseconds since 1970; what comes after the point does not count. */
  execute(session: Session, argv: readonly string[], now: number): Reply {
    const [name = '', ...args] = argv
    const known = this.commands.get(name.toLowerCase())
    if (known === undefined) return unknown(name, args)
    if (known.arity < 0 ? argv.length < -known.arity : argv.length !== known.arity) {
      return error(`ERR wrong number of arguments for '${known.name}' command`)
    }
    if (session.user === undefined && !known.flags.includes('no-auth')) return error('NOAUTH Authentication required.')
    const db = this.databases[session.database] ?? new Database()
    try {
      return known.run({ server: this, session, db, now: Math.floor(now), argv }, args)
    } catch (refused) {
      if (refused instanceof Refusal) return refused.reply
      throw refused
    }
  }

  /**
   * What the server sends for these bytes (byte strings). `rest`: bytes of a command that is not complete yet.
   * `closes`: the server ends the connection after its answer.
   */
  receive(session: Session, bytes: string, now: number): Received {
    return this.#read(bytes, (argv) => ({ reply: this.execute(session, argv, now), last: session.closing }))
  }

  /** The same for a server that refuses every command with this error. */
  refuse(bytes: string, text: string): Received {
    return this.#read(bytes, () => ({ reply: error(text), last: false }))
  }

  #read(
    bytes: string,
    answer: (argv: readonly string[]) => { readonly reply: Reply; readonly last: boolean },
  ): Received {
    const replies: Answered[] = []
    let at = 0
    for (;;) {
      const parsed = parseQuery(bytes, at)
      switch (parsed.kind) {
        case 'incomplete':
          return { replies, rest: bytes.slice(at), closes: false }
        case 'protocol-error':
          replies.push({ argv: [], reply: encodeReply(error(`ERR Protocol error: ${parsed.message}`)) })
          return { replies, rest: '', closes: true }
        case 'blank':
          at = parsed.end
          break
        case 'command':
          {
            at = parsed.end
            const { reply, last } = answer(parsed.argv)
            replies.push({ argv: parsed.argv, reply: encodeReply(reply) })
            if (last) return { replies, rest: '', closes: true }
          }
          break
      }
    }
  }
}

export type Answered = { readonly argv: readonly string[]; readonly reply: string }
export type Received = { readonly replies: readonly Answered[]; readonly rest: string; readonly closes: boolean }

const longestShown = 128

function unknown(name: string, args: readonly string[]): Reply {
  if (notThereYet.has(name.toLowerCase())) return error(`ERR not in Proxyground yet: the command ${name.toUpperCase()}`)
  let list = ''
  for (const word of args) {
    if (list.length >= longestShown) break
    list += `'${shown(word).slice(0, longestShown - list.length)}' `
  }
  return error(`ERR unknown command '${shown(name).slice(0, longestShown)}', with args beginning with: ${list}`)
}
