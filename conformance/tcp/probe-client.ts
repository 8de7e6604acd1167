import { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { gap, type TcpProgram } from './program.ts'

/** Everything that follows from the last piece has come, ms. */
const quiet = 250

/** Sends what the program says and tells what came back; `serviceEnds` closes the service's side. */
export async function talkTo(
  port: number,
  { send, close, says }: TcpProgram,
  serviceEnds: () => void,
): Promise<string> {
  const socket = new Socket({ allowHalfOpen: true })
  let received = ''
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()))
  socket.setNoDelay(true).on('error', () => {})
  socket.on('data', (data) => {
    received += data.toString('latin1')
  })
  await new Promise<void>((resolve) =>
    socket.connect(port, '127.0.0.1', () => resolve()).once('close', () => resolve()),
  )
  for (const [index, text] of send.entries()) {
    if (index > 0) await sleep(gap)
    if (!socket.writable) continue
    if (close === 'client' && index === send.length - 1) socket.end()
    else socket.write(text)
  }
  await sleep(quiet + says.length * gap)
  if (close === 'upstream') {
    serviceEnds()
    await sleep(quiet)
  }
  if (close !== 'client') socket.end()
  await Promise.race([closed, sleep(4000)])
  socket.destroy()
  return received
}
