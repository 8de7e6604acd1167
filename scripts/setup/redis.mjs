// The real Redis that the mock is compared with: Debian's package, installed when we may; elsewhere the command is printed.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const places = ['/usr/bin/redis-server', '/usr/local/bin/redis-server', '/opt/homebrew/bin/redis-server']
const find = () => [process.env.PROXYGROUND_REDIS, ...places].find((path) => path && existsSync(path))

/** Makes sure that a redis-server is there; returns its path, or undefined after saying what to do. */
export function ensureRedis() {
  if (find()) return find()
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('Installing redis-server with apt-get …')
    const apt = (...args) =>
      spawnSync('apt-get', args, {
        stdio: ['ignore', 'ignore', 'inherit'],
        // The package starts a service of its own where it can; this file's callers start and end theirs.
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
      })
    apt('update')
    apt('install', '-y', '--no-install-recommends', 'redis-server')
  }
  if (!find()) {
    console.error('The comparison with a real Redis is skipped. To have it: install redis-server')
    console.error('  sudo apt-get update && sudo apt-get install -y redis-server   (or brew install redis)')
  }
  return find()
}
