import { long, refuse } from '../command.ts'
import { fitsLong } from '../numbers.ts'
import { error } from '../reply.ts'

/** How a time is written: from now, or as a moment (`-at`), in seconds or milliseconds. */
export type TimeUnit = 's' | 'ms' | 's-at' | 'ms-at'

const invalid = (name: string) => error(`ERR invalid expire time in '${name}' command`)

/** The moment in milliseconds since 1970, for SET and its family: zero and less are refused. */
export function expiryTime(value: string, unit: TimeUnit, now: number, name: string): number {
  const given = long(value)
  if (given <= 0n) refuse(invalid(name))
  return momentOf(given, unit, now, name)
}

/** The same for EXPIRE and its family, where the past is allowed. */
export function momentOf(given: bigint, unit: TimeUnit, now: number, name: string): number {
  const milliseconds = unit === 's' || unit === 's-at' ? given * 1000n : given
  const moment = unit === 's' || unit === 'ms' ? milliseconds + BigInt(Math.floor(now)) : milliseconds
  if (!fitsLong(milliseconds) || !fitsLong(moment)) refuse(invalid(name))
  return Number(moment)
}
