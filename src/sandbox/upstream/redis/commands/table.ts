import type { Command } from '../command.ts'
import { bits } from './bits.ts'
import { blocking } from './blocking.ts'
import { connection } from './connection.ts'
import { expiry } from './expiry.ts'
import { firstOfSeveral } from './first-of-several.ts'
import { hashes } from './hashes.ts'
import { keyCommands } from './keys.ts'
import { lists } from './lists.ts'
import { randomElements } from './random-elements.ts'
import { scripting } from './scripting.ts'
import { serverFacts } from './server-facts.ts'
import { sets } from './sets.ts'
import { sortedSetAlgebra } from './sorted-set-algebra.ts'
import { sortedSets } from './sorted-sets.ts'
import { streams } from './streams.ts'
import { strings } from './strings.ts'
import { transactions } from './transactions.ts'

/** Every command of the mock by its name. */
export const commandTable: ReadonlyMap<string, Command> = new Map(
  [
    ...connection,
    ...serverFacts,
    ...keyCommands,
    ...expiry,
    ...strings,
    ...bits,
    ...transactions,
    ...lists,
    ...hashes,
    ...sets,
    ...sortedSets,
    ...sortedSetAlgebra,
    ...firstOfSeveral,
    ...randomElements,
    ...streams,
    ...blocking,
    ...scripting,
  ].map((each) => [each.name, each]),
)

/** Commands that Redis 7.0 has and the mock has not: they are refused in other words than a mistyped name. */
export const notThereYet: ReadonlySet<string> = new Set(
  `acl asking bgrewriteaof bgsave bitfield bitfield_ro cluster debug dump eval_ro evalsha_ro failover fcall
  fcall_ro function geoadd geodist geohash geopos georadius georadius_ro georadiusbymember
  georadiusbymember_ro geosearch geosearchstore lastsave latency lcs lolwut memory migrate module monitor
  object pfadd pfcount pfdebug pfmerge pfselftest psubscribe psync publish pubsub punsubscribe readonly
  readwrite replconf replicaof restore restore-asking role save shutdown slaveof slowlog sort sort_ro
  spublish ssubscribe subscribe sunsubscribe swapdb sync unsubscribe wait xack xautoclaim xclaim xgroup
  xinfo xpending xreadgroup xsetid`.split(/\s+/),
)
