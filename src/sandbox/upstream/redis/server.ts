/** A Redis server without sockets: sessions, databases and commands as plain functions of state and virtual time. */
import { type Command, Refusal, Waiting } from './command.ts'
import { commandTable, notThereYet } from './commands/table.ts'
import { Database } from './keyspace.ts'
import { Rand48 } from './lua/math-library.ts'
import { parseQuery } from './query.ts'
import { encodeReply, error, type Reply, shown, status } from './reply.ts'
import { newSession, type Session } from './session.ts'
import { Watching } from './watching.ts'

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
  readonly watching = new Watching(this.databases)
  /** Told what its owner should know: a script that was stopped. */
  told: (note: string) => void = () => {}
  readonly #options: RedisServerOptions
  /** Whose command waits, the longest first. */
  readonly #waiting = new Set<Session>()
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
    return newSession(++this.#lastSession, user)
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

  /**
   * One command, answered at once: what would wait answers as if nothing had come. `now`: milliseconds since 1970; what
   * comes after the point does not count.
   */
  execute(session: Session, argv: readonly string[], now: number): Reply {
    return this.#answer(session, argv, now, false)
  }

  #answer(session: Session, argv: readonly string[], now: number, mayWait: boolean): Reply {
    const [name = '', ...args] = argv
    const known = this.commands.get(name.toLowerCase())
    const refused = known === undefined ? unknown(name, args) : refusal(known, session, argv.length)
    if (known === undefined || refused !== undefined) {
      if (session.queue !== undefined) session.queue.broken = true
      const reply = refused ?? unknown(name, args)
      return known?.name === 'exec' ? aborted(this, session, reply) : reply
    }
    if (session.queue === undefined || atOnce.has(known.name)) return this.#run(session, known, argv, now, mayWait)
    const inside = subcommandRefusal(argv)
    if (inside === undefined) session.queue.commands.push(argv)
    else session.queue.broken = true
    return inside ?? status('QUEUED')
  }

  /** The connection is gone. */
  disconnect(session: Session): void {
    this.watching.end(session)
    this.#waiting.delete(session)
  }

  #orWaiting(session: Session, argv: readonly string[], now: number): Reply | Waiting {
    try {
      return this.#answer(session, argv, now, true)
    } catch (waits) {
      if (waits instanceof Waiting) return waits
      throw waits
    }
  }

  #run(session: Session, known: Command, argv: readonly string[], now: number, mayWait: boolean): Reply {
    const args = argv.slice(1)
    const db = this.databases[session.database] ?? new Database()
    try {
      const call = { server: this, session, db, now: Math.floor(now), argv, mayWait }
      if (known.flags.includes('readonly')) return known.run(call, args)
      const reply = this.watching.during(call.now, () => known.run(call, args))
      // Those who wait longest are told first.
      for (const other of this.#waiting) if (other !== session) other.wake?.()
      return reply
    } catch (refused) {
      if (refused instanceof Refusal) return refused.reply
      throw refused
    }
  }

  /**
   * What the server sends for these bytes (byte strings); a command that would wait answers as when its time is over.
   * `rest`: bytes of a command that is not complete yet.
   * `closes`: the server ends the connection after its answer.
   */
  receive(session: Session, bytes: string, now: number): Received {
    return this.#read(session, bytes, (argv) => {
      const reply = this.#orWaiting(session, argv, now)
      return { reply: reply instanceof Waiting ? reply.whenOver : reply, last: session.closing }
    })
  }

  /**
   * The same for a connection on which commands may wait. `until` (milliseconds since 1970): one does; nothing behind it is
   * read, and it is to be tried `again` then, and whenever the session is woken.
   */
  receiveOrWait(session: Session, bytes: string, now: number): Received & { readonly until?: number } {
    if (session.waiting !== undefined) return { replies: [], rest: bytes, closes: false, until: session.waiting.until }
    const received = this.#read(session, bytes, (argv) => {
      const reply = this.#orWaiting(session, argv, now)
      if (!(reply instanceof Waiting)) return { reply, last: session.closing }
      const until = reply.ms === 0 ? Number.POSITIVE_INFINITY : now + reply.ms
      session.waiting = { argv: reply.argv, until, whenOver: reply.whenOver }
      this.#waiting.add(session)
      return 'waits'
    })
    const until = untilOf(session)
    return until === undefined ? received : { ...received, until }
  }

  /** Tries the command that waits again, and reads on behind it when it has its answer. */
  again(session: Session, bytes: string, now: number): Received & { readonly until?: number } {
    const { waiting } = session
    if (waiting === undefined) return this.receiveOrWait(session, bytes, now)
    const found = this.#orWaiting(session, waiting.argv, now)
    if (found instanceof Waiting && now < waiting.until)
      return { replies: [], rest: bytes, closes: false, until: waiting.until }
    const reply = found instanceof Waiting ? waiting.whenOver : found
    session.waiting = undefined
    this.#waiting.delete(session)
    const more = this.receiveOrWait(session, bytes, now)
    return { ...more, replies: [{ argv: waiting.argv, reply: encodeReply(reply, session.protocol) }, ...more.replies] }
  }

  /** The same for a server that refuses every command with this error. */
  refuse(bytes: string, text: string): Received {
    return this.#read(undefined, bytes, () => ({ reply: error(text), last: false }))
  }

  #read(
    session: Session | undefined,
    bytes: string,
    answer: (argv: readonly string[]) => { readonly reply: Reply; readonly last: boolean } | 'waits',
  ): Received {
    const replies: Answered[] = []
    let at = 0
    for (;;) {
      const parsed = parseQuery(bytes, at, session?.user !== undefined || session === undefined)
      switch (parsed.kind) {
        case 'incomplete':
          return { replies, rest: bytes.slice(at), closes: false, ...needed(parsed) }
        case 'protocol-error':
          replies.push({ argv: [], reply: encodeReply(error(`ERR Protocol error: ${parsed.message}`)) })
          return { replies, rest: '', closes: true }
        case 'blank':
          at = parsed.end
          break
        case 'command':
          {
            at = parsed.end
            // The first line or a header of an HTTP request: gone without a word, and without the answers of this turn.
            if (/^(?:post|host:)$/i.test(parsed.argv[0] ?? '')) return { replies: [], rest: '', closes: true }
            const answered = answer(parsed.argv)
            if (answered === 'waits') return { replies, rest: bytes.slice(at), closes: false }
            const { reply, last } = answered
            replies.push({ argv: parsed.argv, reply: encodeReply(reply, session?.protocol) })
            if (last) return { replies, rest: '', closes: true }
          }
          break
      }
    }
  }
}

const needed = ({ needs }: { readonly needs?: number }) => (needs === undefined ? {} : { needs })

const untilOf = ({ waiting }: Session): number | undefined => waiting?.until

export type Answered = { readonly argv: readonly string[]; readonly reply: string }
export type Received = {
  readonly replies: readonly Answered[]
  readonly rest: string
  readonly closes: boolean
  /** There is nothing to do before the rest is so long. */
  readonly needs?: number
}

/** An EXEC that is refused ends the transaction. */
function aborted(server: RedisServer, session: Session, refused: Reply): Reply {
  session.queue = undefined
  server.watching.end(session)
  const why = refused.kind === 'error' ? refused.text.replace(/^ERR /, '') : ''
  return error(`EXECABORT Transaction discarded because of: ${why}`)
}

/** What is not queued between MULTI and EXEC. */
const atOnce: ReadonlySet<string> = new Set(['exec', 'discard', 'multi', 'watch', 'quit', 'reset'])

/** Why a known command is not even queued. */
function refusal({ name, arity, flags }: Command, { user }: Session, words: number): Reply | undefined {
  if (arity < 0 ? words < -arity : words !== arity) return error(`ERR wrong number of arguments for '${name}' command`)
  if (user === undefined && !flags.includes('no-auth')) return error('NOAUTH Authentication required.')
  return undefined
}

/** Words that a subcommand takes, the command's and its own among them; negative: at least. */
const subcommands: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  client: { id: 2, getname: 2, setname: 3 },
  script: { load: 3, exists: -3, flush: -2, kill: 2 },
}

/** Subcommands are looked up before a command is queued; what runs at once finds out by itself. */
function subcommandRefusal([name = '', sub = '', ...rest]: readonly string[]): Reply | undefined {
  const known = subcommands[name.toLowerCase()]
  if (known === undefined) return undefined
  const arity = known[sub.toLowerCase()]
  if (arity === undefined) {
    return error(`ERR unknown subcommand '${shown(sub).slice(0, 128)}'. Try ${name.toUpperCase()} HELP.`)
  }
  const words = rest.length + 2
  if (arity < 0 ? words >= -arity : words === arity) return undefined
  return error(`ERR wrong number of arguments for '${name.toLowerCase()}|${sub.toLowerCase()}' command`)
}

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
