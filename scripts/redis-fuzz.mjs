// npm run redis:fuzz [sequences] [seed]: the Redis mock beside a real redis-server, many random sequences.
import { spawnSync } from 'node:child_process'
import { pathOf } from './setup/paths.mjs'
import { ensureRedis } from './setup/redis.mjs'

const [runs = '20000', seed = String(Date.now() % 2 ** 31)] = process.argv.slice(2)
const program = ensureRedis()
if (program === undefined) process.exit(1)
console.log(`${runs} sequences, seed ${seed}`)
const { status } = spawnSync(process.execPath, [pathOf('node_modules/vitest/vitest.mjs'), 'run', 'conformance/redis'], {
  cwd: pathOf('.'),
  stdio: 'inherit',
  env: {
    ...process.env,
    PROXYGROUND_REDIS: program,
    PROXYGROUND_REDIS_RUNS: runs,
    PROXYGROUND_REDIS_SEED: seed,
  },
})
process.exit(status ?? 1)
