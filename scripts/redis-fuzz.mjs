// npm run redis:fuzz: the Redis mock beside a real redis-server, many random sequences.
import { spawnSync } from 'node:child_process'
import { commandLine } from './setup/command-line.mjs'
import { pathOf } from './setup/paths.mjs'
import { ensureRedis } from './setup/redis.mjs'

const usage = `npm run redis:fuzz -- [options]
The Redis mock beside a real redis-server, random sequences of commands.
  --sequences N    how many (20000)
  --seed S         which ones (others each time)`
const { sequences, seed } = commandLine(usage, { sequences: 20_000, seed: Date.now() % 2 ** 31 })
const program = ensureRedis()
if (program === undefined) process.exit(1)
console.log(`${sequences} sequences, seed ${seed}`)
const { status } = spawnSync(process.execPath, [pathOf('node_modules/vitest/vitest.mjs'), 'run', 'conformance/redis'], {
  cwd: pathOf('.'),
  stdio: 'inherit',
  env: {
    ...process.env,
    PROXYGROUND_REDIS: program,
    PROXYGROUND_REDIS_RUNS: String(sequences),
    PROXYGROUND_REDIS_SEED: String(seed),
  },
})
process.exit(status ?? 1)
