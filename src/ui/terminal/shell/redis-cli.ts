import type { Effect } from './commands.ts'

/** One command of redis-cli, with where it goes. */
export type RedisCliCommand = {
  /** Name of a cluster or of its service; absent: the first Redis of the project. */
  readonly cluster?: string
  readonly username?: string
  readonly password?: string
  readonly database?: number
  readonly words: readonly string[]
}

const usage: Effect = { kind: 'say', key: 'terminal.usage', params: { usage: 'redis-cli [-h HOST] [-a PASSWORD] [-n DB] COMMAND' }, code: 1 } // biome-ignore format: one line

/** Options as redis-cli has them; the port does not matter here, `-h` names the cluster. */
export function redisCli(args: readonly string[]): readonly Effect[] {
  let command: RedisCliCommand = { words: [] }
  let at = 0
  for (; at < args.length && args[at]?.startsWith('-') === true; at++) {
    const option = args[at] ?? ''
    if (option === '--no-auth-warning') continue
    const value = args[++at]
    if (value === undefined && /^(-h|-p|-a|-n|-u|--user|--pass)$/.test(option)) return [usage]
    if (option === '-h')
      command = /^(localhost|127\.0\.0\.1)$/.test(value ?? '') ? command : { ...command, cluster: value ?? '' }
    else if (option === '-a' || option === '--pass') command = { ...command, password: value ?? '' }
    else if (option === '--user') command = { ...command, username: value ?? '' }
    else if (option === '-n' && /^\d{1,2}$/.test(value ?? '')) command = { ...command, database: Number(value) }
    else if (option === '-n') return [usage]
    else if (option !== '-p') return [{ kind: 'say', key: 'terminal.redis.option', params: { option }, code: 1 }]
  }
  const words = args.slice(at)
  if (words.length === 0) return [{ kind: 'say', key: 'terminal.redis.interactive', code: 1 }]
  return [{ kind: 'redis', command: { ...command, words } }]
}
