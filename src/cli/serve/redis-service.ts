/** The Redis of the emulator on a real port: RESP over TCP. */
import { randomInt } from 'node:crypto'
import { createServer, type Server } from 'node:net'
import { RedisServer } from '../../sandbox/entry/services.ts'

/** Not listening yet. `password`: empty for none. */
export function redisService(password: string): Server {
  const redis = new RedisServer({ username: '', password, data: [], random: (limit) => randomInt(limit) })
  return createServer({ noDelay: true }, (socket) => {
    const session = redis.connect()
    let waiting = ''
    socket.on('data', (data) => {
      const received = redis.receive(session, waiting + data.toString('latin1'), Date.now())
      waiting = received.rest
      if (received.replies.length > 0)
        socket.write(Buffer.from(received.replies.map(({ reply }) => reply).join(''), 'latin1'))
      if (received.closes) socket.end()
    })
    socket.on('close', () => redis.disconnect(session))
    // The client's end of the connection broke; there is nothing to clear up but the socket.
    socket.on('error', () => socket.destroy())
  })
}
