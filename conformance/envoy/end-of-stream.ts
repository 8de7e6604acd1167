import { createConnection } from 'node:net'
import { Duplex } from 'node:stream'

const headLength = 9
const [dataFrame, headersFrame] = [0, 1]

/**
 * Reads along on an HTTP/2 connection with one stream. Node does not tell an answer that came whole from one whose stream was
 * reset without an error, as Envoy 1.36 does when it gives up in the middle.
 */
export class EndOfStream {
  /** The last frame of the answer came. */
  ended = false
  private bytes = Buffer.alloc(0)

  /** A connection that is read along. */
  watch(port: number): Duplex {
    const socket = createConnection(port, '127.0.0.1').setNoDelay(true)
    const watched = new Duplex({
      read: () => undefined,
      write: (data, _, done) => void socket.write(data, () => done()),
      final: (done) => void socket.end(() => done()),
      destroy: (error, done) => {
        socket.destroy()
        done(error)
      },
    })
    socket.on('data', (data) => {
      this.read(data)
      watched.push(data)
    })
    socket.on('end', () => watched.push(null))
    socket.on('error', () => watched.destroy())
    socket.on('close', () => watched.destroy())
    return watched
  }

  private read(data: Buffer): void {
    this.bytes = Buffer.concat([this.bytes, data])
    while (this.bytes.length >= headLength) {
      const size = headLength + this.bytes.readUIntBE(0, 3)
      if (this.bytes.length < size) return
      const [type = 0, flags = 0] = this.bytes.subarray(3, 5)
      if ((type === dataFrame || type === headersFrame) && (flags & 1) !== 0) this.ended = true
      this.bytes = this.bytes.subarray(size)
    }
  }
}
