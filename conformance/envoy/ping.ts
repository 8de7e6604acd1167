import { createConnection, type Socket } from 'node:net'

/** Asks Envoy's worker for the same small answer again and again: it does one thing after another, in order. */
export class Ping {
  private readonly socket: Socket
  private answered: () => void = () => undefined

  constructor(port: number) {
    this.socket = createConnection(port, '127.0.0.1')
    this.socket.setNoDelay(true)
    // One small answer comes in one piece. An Envoy that ended is found out by who waits for an answer to the case.
    this.socket.on('data', () => this.answered())
    this.socket.on('error', () => undefined)
    this.socket.on('close', () => this.answered())
  }

  /** Resolves when Envoy has done what it was given before, with the connections it opened for that. */
  async settled(): Promise<void> {
    for (let round = 0; round < rounds && !this.socket.closed; round++) {
      // What we were about to send goes first, and what Envoy sent to the services meanwhile is read.
      await new Promise((resolve) => setImmediate(resolve))
      await new Promise<void>((resolve) => {
        this.answered = resolve
        this.socket.write('GET / HTTP/1.1\r\nhost: ready.test\r\n\r\n')
      })
    }
    await new Promise((resolve) => setImmediate(resolve))
  }

  close(): void {
    this.socket.destroy()
  }
}

/** A connection is opened in one turn of Envoy's loop and written to in the next. */
const rounds = 3
