/** A chain of scripted filters between a fake router and client, for tests of the chain without any guest. */
import type { Direction } from '../../model/trace.ts'
import { EnvoyHeaderMap } from '../codec/header-map.ts'
import type { DataStatus, HeadersStatus, TrailersStatus } from './action.ts'
import type { BodyChunk } from './body-chunk.ts'
import { type ChainEnds, type ChainReply, FilterChain } from './filter-chain.ts'
import type { ChainFilter } from './pass-host.ts'

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
const mark = (endOfStream: boolean): string => (endOfStream ? ' end' : '')

export type Script = {
  headers?: (direction: Direction, endOfStream: boolean) => HeadersStatus
  data?: (direction: Direction, chunk: BodyChunk, endOfStream: boolean) => DataStatus
  trailers?: (direction: Direction) => TrailersStatus
}

export class ScriptedChain {
  readonly log: string[] = []
  readonly chain: FilterChain
  readonly filters: readonly ChainFilter[]
  requestEnds = 0
  responseEnds = 0
  resets = 0

  constructor(scripts: readonly Script[], limits = { request: 1_000_000, response: 1_000_000 }) {
    this.filters = scripts.map((script, index): ChainFilter => {
      const name = 'ABCDEFGH'.charAt(index)
      return {
        headers: (direction, endOfStream) => {
          this.log.push(`${name}.${direction}.headers${mark(endOfStream)}`)
          return script.headers?.(direction, endOfStream) ?? 'Continue'
        },
        data: (direction, chunk, endOfStream) => {
          this.log.push(`${name}.${direction}.data(${text(chunk.bytes())})${mark(endOfStream)}`)
          return script.data?.(direction, chunk, endOfStream) ?? 'Continue'
        },
        trailers: (direction) => {
          this.log.push(`${name}.${direction}.trailers`)
          return script.trailers?.(direction) ?? 'Continue'
        },
      }
    })
    this.chain = new FilterChain(this.filters, this.ends(), limits)
  }

  headers(direction: Direction, endOfStream: boolean): void {
    this.chain.pass(direction).feedHeaders(new EnvoyHeaderMap(direction, [[':status', '200']]), endOfStream)
  }

  data(direction: Direction, body: string, endOfStream: boolean): void {
    this.chain.pass(direction).feedData(new TextEncoder().encode(body), endOfStream)
  }

  trailers(direction: Direction): void {
    this.chain.pass(direction).feedTrailers(new EnvoyHeaderMap('trailers', [['t', '1']]))
  }

  continueFilter(direction: Direction, index: number): void {
    const filter = this.filters[index]
    if (filter !== undefined) this.chain.pass(direction).continueFilter(filter)
  }

  replyWith(status: number, body = ''): string {
    return this.chain.reply(scriptedReply(status, body))
  }

  private ends(): ChainEnds {
    const finish = (endOfStream: boolean): void => {
      if (!endOfStream) return
      this.responseEnds++
      this.chain.finish()
    }
    return {
      starting: () => undefined,
      routerHeaders: (end) => {
        this.log.push(`router.headers${mark(end)}`)
        if (end) this.requestEnds++
      },
      routerData: (bytes, end) => {
        this.log.push(`router.data(${text(bytes)})${mark(end)}`)
        if (end) this.requestEnds++
      },
      routerTrailers: () => {
        this.log.push('router.trailers')
        this.requestEnds++
      },
      clientHeaders: (end) => {
        this.chain.headersSent = true
        this.log.push(`client.headers(${this.chain.response.headers?.get(':status')})${mark(end)}`)
        finish(end)
      },
      clientData: (bytes, end) => {
        this.log.push(`client.data(${text(bytes)})${mark(end)}`)
        finish(end)
      },
      answersLater: () => false,
      clientTrailers: () => {
        this.log.push('client.trailers')
        finish(true)
      },
      tooLarge: (direction) => scriptedReply(direction === 'request' ? 413 : 500, 'too large'),
      watermark: (direction, paused) => this.log.push(`${direction}.${paused ? 'sender-paused' : 'sender-free'}`),
      reset: () => {
        this.resets++
        this.log.push('reset')
        this.chain.finish()
      },
      paused: () => undefined,
      resumed: () => undefined,
    }
  }
}

export function scriptedReply(status: number, body: string): ChainReply {
  return {
    headers: new EnvoyHeaderMap('response', [[':status', String(status)]]),
    body: new TextEncoder().encode(body),
    details: `scripted_${status}`,
  }
}
