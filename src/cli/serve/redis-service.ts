/** The Redis of the emulator on a real port: RESP over TCP. */
import { randomInt } from 'node:crypto'
import { createServer, type Server } from 'node:net'
import { RedisServer } from '../../sandbox/entry/services.ts'

/** Not listening yet. `password`: empty for none. */
export function redisService(password: string, told: (note: string) => void): Server {
  const redis = new RedisServer({ username: '', password, data: [], random: (limit) => randomInt(limit) })
  redis.told = told
  return createServer({ noDelay: true }, (socket) => {
    const session = redis.connect()
    let waiting = ''
    /** Pieces of a long command, put together when it is whole. */
    let pieces: Buffer[] = []
    let missing = 0
    let timer: NodeJS.Timeout | undefined
    const take = ({ replies, rest, closes, until, needs }: ReturnType<RedisServer['receiveOrWait']>) => {
      waiting = rest
      missing = (needs ?? 0) - rest.length
      if (replies.length > 0) socket.write(Buffer.from(replies.map(({ reply }) => reply).join(''), 'latin1'))
      if (closes) socket.end()
      clearTimeout(timer)
      // Longer than a timer can be: tried again before its time, it goes on waiting.
      if (until !== undefined && Number.isFinite(until))
        timer = setTimeout(again, Math.min(2 ** 31 - 1, Math.max(0, until - Date.now())))
    }
    const again = () => take(redis.again(session, waiting, Date.now()))
    session.wake = () => setImmediate(again)
    socket.on('data', (data) => {
      pieces.push(data)
      missing -= data.length
      if (missing > 0) return
      const bytes = Buffer.concat(pieces).toString('latin1')
      pieces = []
      take(redis.receiveOrWait(session, waiting + bytes, Date.now()))
    })
    socket.on('close', () => {
      clearTimeout(timer)
      redis.disconnect(session)
    })
    // The client's end of the connection broke; there is nothing to clear up but the socket.
    socket.on('error', () => socket.destroy())
  })
}
