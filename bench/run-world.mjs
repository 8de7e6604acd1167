// The part of npm run bench about the services behind the gateway. With a redis-server on the machine it is asked over
// loopback by its own benchmark, one command at a time, for scale.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from '../scripts/setup/paths.mjs'

const { httpbinAnswersPerSecond, redisCommandsPerSecond } = await import(new URL('dist/node/bench-world.js', root))

const rounds = (measure) => Array.from({ length: 8 }, measure).slice(3)
const httpbin = rounds(() => httpbinAnswersPerSecond(20_000))
const redis = rounds(() => redisCommandsPerSecond(100_000))
console.log(JSON.stringify({ httpbin, redis, real: await realRedis() }))

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return String(port)
}

/** Commands per second of SET, GET, INCR and HSET of a real server; undefined without one. */
async function realRedis() {
  const port = await freePort()
  const server = spawn('redis-server', ['--port', port, '--bind', '127.0.0.1', '--save', ''], { stdio: 'ignore' })
  const ended = new Promise((resolve) => {
    server.once('exit', resolve)
    server.once('error', resolve)
  })
  try {
    await sleep(500)
    const args = ['-h', '127.0.0.1', '-p', port, '-c', '1', '-n', '20000', '-t', 'set,get,incr,hset', '--csv']
    const output = execFileSync('redis-benchmark', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    const rates = Array.from(output.matchAll(/^"(?:SET|GET|INCR|HSET)[^"]*","([\d.]+)"/gm), ([, rate]) => Number(rate))
    // Equal numbers of each command: the mean of their times.
    return rates.length === 0 ? undefined : rates.length / rates.reduce((sum, rate) => sum + 1 / rate, 0)
  } catch {
    return undefined
  } finally {
    server.kill()
    await ended
  }
}
