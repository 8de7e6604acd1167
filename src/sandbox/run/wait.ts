/** Letting the clock run until an exchange has ended or hangs (design 4.6, "Hung"). */
import type { Exchange } from '../gateway/exchange.ts'
import type { Gateway } from '../gateway/gateway.ts'
import type { EventOwner } from '../time/virtual-clock.ts'

/** Patience while only ticks or other streams go on. */
const patience = { nanoseconds: 60e9, ticks: 1000 }

/** A plugin that keeps itself busy for ever, with time passing, is cut here. */
const maxEvents = 1_000_000

/** Ticks in a row with nothing between them: what is still to come lies too far away to be waited for. */
export const mostTicksInARow = 100_000

/** Runs the next event; a loop that feeds itself within one instant is cut and told. */
export function runNext(gateway: Gateway): EventOwner | 'loop' | undefined {
  const result = gateway.clock.runNext()
  if (result === undefined) return undefined
  if ('ran' in result) return result.ran
  const detail = 'events that caused each other without time passing'
  gateway.recorder.record({ type: 'limit', what: 'loop-bound', count: result.loop, detail })
  return 'loop'
}

/** Ends when the exchange has ended; a stream that nothing can move is declared hung, and its client goes away. */
export function waitFor(gateway: Gateway, exchange: Exchange, others: readonly Exchange[]): void {
  let waitedSince: number | undefined
  let ticks = 0
  let inARow = 0
  for (let events = 0; exchange.ended === undefined; events++) {
    const { clock } = gateway
    if (clock.canMove(exchange.id)) {
      waitedSince = undefined
      ticks = 0
    } else if (exchange.goesOn()) continue
    else waitedSince ??= clock.now
    const ran = events < maxEvents ? runNext(gateway) : undefined
    inARow = ran === 'tick' ? inARow + 1 : 0
    if (ran === 'tick') ticks++
    if (inARow >= mostTicksInARow) declareHung(gateway, exchange, 'probable')
    else if (ran === undefined) {
      const alone = events < maxEvents && others.every((other) => other === exchange || other.ended !== undefined)
      declareHung(gateway, exchange, alone ? 'certain' : 'probable')
    } else if (
      waitedSince !== undefined &&
      exchange.ended === undefined &&
      (ticks >= patience.ticks || clock.now - waitedSince >= patience.nanoseconds)
    )
      declareHung(gateway, exchange, 'probable')
  }
}

function declareHung(gateway: Gateway, exchange: Exchange, certainty: 'certain' | 'probable'): void {
  const { chain, router } = exchange
  const waitsForResponse = chain.response.headers !== undefined || (router.seen !== undefined && chain.request.complete)
  const direction = waitsForResponse && !chain.request.stopped ? 'response' : 'request'
  gateway.recorder.record({ type: 'hung', certainty, direction }, exchange.id)
  exchange.disconnect('hung')
}

/** Runs every entry due within this time, then moves the clock there. After too many it stops there, and says so. */
export function advance(gateway: Gateway, nanoseconds: number): void {
  const { clock } = gateway
  const target = clock.now + nanoseconds
  let events = 0
  for (let next = clock.nextTime(); next !== undefined && next <= target; next = clock.nextTime()) {
    if (++events > maxEvents) {
      const detail = `more than ${maxEvents} events in one step; time stands still at ${clock.now / 1e9} s`
      gateway.recorder.record({ type: 'limit', what: 'loop-bound', count: events - 1, detail })
      return
    }
    runNext(gateway)
  }
  clock.moveTo(target)
}
