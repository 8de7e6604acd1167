import type { Protocol, Reply } from './reply.ts'

/** What a server knows of one connection. */
export type Session = {
  readonly id: number
  database: number
  /** Whom it is logged in as; `undefined`: not yet. */
  user: string | undefined
  name: string
  protocol: Protocol
  closing: boolean
  /** Between MULTI and EXEC: what was sent. `broken`: one of it was refused, so EXEC will do nothing. */
  queue: { readonly commands: (readonly string[])[]; broken: boolean } | undefined
  /** Keys of WATCH, by database and key. */
  readonly watched: Map<string, WatchedKey>
  /** A watched key was changed. */
  dirty: boolean
  /** A command that waits for something to take; `until`: milliseconds since 1970. Nothing behind it is read. */
  waiting: { readonly argv: readonly string[]; readonly until: number; readonly whenOver: Reply } | undefined
  /** Told when it may be worth while to try the waiting command again (`RedisServer.again`). */
  wake: (() => void) | undefined
}

export type WatchedKey = {
  readonly database: number
  readonly key: string
  /** Whether it was there; a key that ended since then counts as changed. */
  readonly existed: boolean
}

export const newSession = (id: number, user: string | undefined): Session => ({
  id,
  database: 0,
  user,
  name: '',
  protocol: 2,
  closing: false,
  queue: undefined,
  watched: new Map(),
  dirty: false,
  waiting: undefined,
  wake: undefined,
})
