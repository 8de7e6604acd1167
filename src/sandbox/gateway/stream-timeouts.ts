import type { Exchange } from './exchange.ts'
import { gatewayReply } from './local-reply.ts'

/** The gateway's own timeouts for a stream: the whole request, and no activity. */
export function startTimeouts(exchange: Exchange): void {
  const { clock, config } = exchange.runtime
  const { request, streamIdle } = config.timeouts
  if (request !== undefined && request > 0)
    clock.after(request, exchange.id, () => {
      if (exchange.ended === undefined && !exchange.chain.request.complete)
        exchange.gatewayReply(gatewayReply(408, 'request timeout', 'request_overall_timeout'), '')
    })
  if (streamIdle !== undefined && streamIdle > 0) watchIdle(exchange, streamIdle)
}

function watchIdle(exchange: Exchange, idle: number): void {
  const { clock } = exchange.runtime
  clock.after(exchange.lastActivity + idle - clock.now, exchange.id, () => {
    if (exchange.ended !== undefined) return
    if (clock.now - exchange.lastActivity < idle) {
      watchIdle(exchange, idle)
      return
    }
    const status = exchange.chain.request.complete ? 504 : 408
    exchange.gatewayReply(gatewayReply(status, 'stream timeout', 'stream_idle_timeout'), 'SI')
  })
}
