import type { PluginIndex } from '../../model/brand.ts'
import type { Direction } from '../../model/trace.ts'
import type { DataStatus, HeadersStatus } from '../chain/action.ts'
import type { ChainEnds, ChainReply } from '../chain/filter-chain.ts'
import type { ChainFilter } from '../chain/pass-host.ts'
import type { Exchange } from './exchange.ts'
import { tooLargeReply } from './local-reply.ts'
import { PluginFilter } from './plugin-filter.ts'
import { announceReply } from './stream-replies.ts'

/** What lies at the two ends of an exchange's chain: the router and the client. The trace is told what the chain holds. */
export class ExchangeEnds implements ChainEnds {
  private readonly exchange: Exchange

  constructor(exchange: Exchange) {
    this.exchange = exchange
  }

  starting(direction: Direction): void {
    const { exchange } = this
    const { headers } = exchange.chain.pass(direction)
    if (headers !== undefined) exchange.told.chainHeaders(exchange.id, direction, headers.pairs())
    if (direction === 'response' && !exchange.chain.replied) exchange.details = 'via_upstream'
  }

  routerHeaders(endOfStream: boolean): void {
    this.exchange.router.headers(endOfStream)
  }

  routerData(bytes: Uint8Array, endOfStream: boolean): void {
    this.exchange.router.data(bytes, endOfStream)
  }

  routerTrailers(): void {
    this.exchange.router.trailers()
  }

  clientHeaders(endOfStream: boolean): void {
    this.exchange.client.headers(endOfStream)
  }

  clientData(bytes: Uint8Array, endOfStream: boolean): void {
    this.exchange.client.data(bytes, endOfStream)
  }

  clientTrailers(): void {
    this.exchange.client.trailers()
  }

  answersLater(): boolean {
    return this.exchange.client.answersLater
  }

  tooLarge(direction: Direction): ChainReply {
    return announceReply(this.exchange, tooLargeReply(direction), this.exchange.chain.wouldReply())
  }

  watermark(direction: Direction, paused: boolean): void {
    if (direction === 'request') this.exchange.sender.setPaused(paused)
    else this.exchange.router.setPaused(paused)
  }

  reset(details: string): void {
    this.exchange.reset(details)
  }

  paused(direction: Direction, filter: ChainFilter, status: HeadersStatus | DataStatus, bufferedBytes: number): void {
    this.exchange.record({ type: 'chain.pause', direction, action: status, bufferedBytes }, indexOf(filter))
    if (direction === 'response') this.exchange.client.held()
  }

  resumed(
    direction: Direction,
    filter: ChainFilter,
    by: 'continue_stream' | 'return' | 'local-reply',
    bufferedBytes: number,
  ): void {
    this.exchange.record({ type: 'chain.resume', direction, by, bufferedBytes }, indexOf(filter))
  }
}

const indexOf = (filter: ChainFilter): PluginIndex | undefined =>
  filter instanceof PluginFilter ? filter.plugin.index : undefined
