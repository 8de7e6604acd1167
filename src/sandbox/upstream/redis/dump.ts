import { membersOf } from './command.ts'
import type { Value } from './keyspace.ts'
import { formatDouble } from './numbers.ts'
import type { RedisServer } from './server.ts'
import { sortedMembers } from './sorted-set.ts'
import { shownId } from './stream-id.ts'

/** One key as a person looks at it. Byte strings. */
export type RedisKey = {
  readonly database: number
  readonly key: string
  readonly type: Value['type']
  /** Elements in order; fields and scores follow their field or member, the fields and values of a stream's entry its id. A string is one element. */
  readonly value: readonly string[]
  /** Milliseconds until it ends; absent: it does not. */
  readonly endsIn?: number
}

/** Every key of a server at this moment (milliseconds since 1970), by database, in the order they were made. */
export function redisKeys(server: RedisServer, now: number): readonly RedisKey[] {
  return server.databases.flatMap((db, database) =>
    db.keys(now).flatMap((key): RedisKey[] => {
      const value = db.find(key, now)
      if (value === undefined) return []
      const end = db.expiresAt(key, now)
      return [
        {
          database,
          key,
          type: value.type,
          value: elements(value),
          ...(end === undefined ? {} : { endsIn: end - now }),
        },
      ]
    }),
  )
}

function elements(value: Value): readonly string[] {
  switch (value.type) {
    case 'string':
      return [value.bytes]
    case 'list':
      return value.items
    case 'hash':
      return [...value.fields].flat()
    case 'set':
      return membersOf(value)
    case 'zset':
      return sortedMembers(value).flatMap(([member, score]) => [member, formatDouble(score)])
    case 'stream':
      return value.entries.flatMap(({ id, pairs }) => [shownId(id), pairs.join(' ')])
  }
}
