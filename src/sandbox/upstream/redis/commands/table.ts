import type { Command } from '../command.ts'
import { bits } from './bits.ts'
import { connection } from './connection.ts'
import { expiry } from './expiry.ts'
import { hashes } from './hashes.ts'
import { keyCommands } from './keys.ts'
import { lists } from './lists.ts'
import { scripting } from './scripting.ts'
import { serverFacts } from './server-facts.ts'
import { sets } from './sets.ts'
import { sortedSets } from './sorted-sets.ts'
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
    ...scripting,
  ].map((each) => [each.name, each]),
)

/** Commands that Redis 7.0 has and the mock has not: they are refused in other words than a mistyped name. */
export const notThereYet: ReadonlySet<string> = new Set(
  `acl bgrewriteaof bgsave bitfield bitfield_ro blmove blmpop blpop brpop brpoplpush bzmpop
  bzpopmax bzpopmin cluster debug dump eval_ro evalsha_ro failover fcall fcall_ro function
  geoadd geodist geohash geopos georadius georadius_ro georadiusbymember georadiusbymember_ro geosearch geosearchstore
  hrandfield lastsave latency lcs lmpop lolwut memory migrate module monitor object pfadd pfcount pfdebug
  pfmerge pfselftest psubscribe psync publish pubsub punsubscribe readonly readwrite replconf replicaof restore
  restore-asking role save shutdown slaveof slowlog sort sort_ro spublish ssubscribe subscribe sunsubscribe
  swapdb sync unsubscribe wait xack xadd xautoclaim xclaim xdel xgroup xinfo xlen xpending xrange xread
  xreadgroup xrevrange xsetid xtrim zdiff zdiffstore zinter zintercard zinterstore zmpop zrandmember zrangestore zunion
  zunionstore`.split(/\s+/),
)
