/** Who is to be told that a key was changed (WATCH). */
import type { Database } from './keyspace.ts'
import type { Session } from './session.ts'

export class Watching {
  private readonly sessions = new Set<Session>()
  private readonly databases: readonly Database[]

  constructor(databases: readonly Database[]) {
    this.databases = databases
  }

  watch(session: Session, key: string, now: number): void {
    const { database } = session
    const id = `${database} ${key}`
    if (session.watched.has(id)) return
    const existed = this.databases[database]?.has(key, now) === true
    session.watched.set(id, { database, key, existed })
    this.sessions.add(session)
  }

  /** Nothing is watched any more. */
  end(session: Session): void {
    session.watched.clear()
    session.dirty = false
    this.sessions.delete(session)
  }

  /** A watched key was changed, or has ended. */
  isDirty(session: Session, now: number): boolean {
    if (session.dirty) return true
    return [...session.watched.values()].some(
      ({ database, key, existed }) => existed && this.databases[database]?.has(key, now) !== true,
    )
  }

  /** Runs what may change keys; whose key it changed is dirty. */
  during<T>(now: number, work: () => T): T {
    if (this.sessions.size === 0) return work()
    const before = this.stamps(now)
    try {
      return work()
    } finally {
      const after = this.stamps(now)
      for (const session of this.sessions) {
        const changed = (id: string) => before.has(id) && before.get(id) !== after.get(id)
        if ([...session.watched.keys()].some(changed)) session.dirty = true
      }
    }
  }

  private stamps(now: number): ReadonlyMap<string, string> {
    const stamps = new Map<string, string>()
    for (const { watched } of this.sessions) {
      for (const [id, { database, key }] of watched) {
        if (!stamps.has(id)) stamps.set(id, this.databases[database]?.stamp(key, now) ?? '')
      }
    }
    return stamps
  }
}
