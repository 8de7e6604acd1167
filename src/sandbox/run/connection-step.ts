/** A step that is a TCP client: it connects, sends, and closes. */
import type { ConnectionStep, TcpListener } from '../../model/project/types.ts'
import { joined } from '../gateway/callout.ts'
import type { Gateway } from '../gateway/gateway.ts'
import type { TcpConnection } from '../gateway/tcp/tcp-connection.ts'
import { mostTicksInARow, runNext } from './wait.ts'

/** A plugin that holds a connection may let it go in a tick; so long is waited for that. */
const patience = { nanoseconds: 60e9, ticks: 1000 }

/** What the client received. Without `close` the client goes when nothing more comes. */
export function talkTcp(gateway: Gateway, listener: TcpListener, { send, close }: ConnectionStep): Uint8Array {
  const connection = gateway.connect(listener)
  let at = 0
  const writes = withoutPause(send)
  writes.forEach(({ data, after }, index) => {
    at += after
    const end = close === 'client' && index === writes.length - 1
    gateway.clock.after(at, connection.id, () => connection.clientSends(data, end))
  })
  if (close === 'client' && send.length === 0) connection.clientSends(new Uint8Array(0), true)
  untilQuiet(gateway, connection)
  if (close === 'upstream') {
    connection.serviceCloses()
    untilQuiet(gateway, connection)
  }
  if (close !== 'client') {
    connection.clientSends(new Uint8Array(0), true)
    untilQuiet(gateway, connection)
  }
  if (!connection.isOver) {
    const direction = connection.isHeld ? 'request' : 'response'
    gateway.recorder.record({ type: 'hung', certainty: 'certain', direction }, connection.id)
    // The client's end was all that could come from it: the idle timeout of the TCP proxy, an hour, ends the rest.
    connection.close(1, 'hung', 'tcp_session_idle_timeout')
  }
  return joined(connection.received)
}

/** What a client sends without a pause reaches the gateway in one piece. */
function withoutPause(send: ConnectionStep['send']): ConnectionStep['send'] {
  const writes: ConnectionStep['send'] = []
  for (const { data, after } of send) {
    const last = writes.at(-1)
    if (last === undefined || after > 0) writes.push({ data, after })
    else last.data = joined([last.data, data])
  }
  return writes
}

function untilQuiet(gateway: Gateway, connection: TcpConnection): void {
  const { clock } = gateway
  let waitedSince: number | undefined
  let ticks = 0
  let inARow = 0
  while (!connection.isOver) {
    if (clock.canMove(connection.id)) {
      waitedSince = undefined
      ticks = 0
    } else if (!connection.isHeld) return
    else waitedSince ??= clock.now
    const ran = runNext(gateway)
    if (ran === undefined) return
    inARow = ran === 'tick' ? inARow + 1 : 0
    if (ran === 'tick') ticks++
    if (inARow >= mostTicksInARow) return
    if (waitedSince !== undefined && (ticks >= patience.ticks || clock.now - waitedSince >= patience.nanoseconds))
      return
  }
}
