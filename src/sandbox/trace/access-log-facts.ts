/**
 * The facts of an access-log line as words: the line is a view of them, formatted when the trace is taken. To format it
 * while requests run, or to keep the objects it is made of, costs as much as the rest of recording a request.
 */
import { gatewayProfiles } from '../../model/profile.ts'
import { type AccessLogEntry, accessLogLine } from './access-log.ts'
import { type HeaderLists, readHeaders } from './header-lists.ts'
import { readNumber, writeNumber } from './number-words.ts'
import { Place } from './places.ts'
import type { Texts } from './texts.ts'

/** Words that the facts of one line take. */
export const accessLogWords = 12

const noTexts: ReadonlyMap<string, string> = new Map()

export class AccessLogFacts {
  readonly #texts: Texts
  readonly #lists: HeaderLists
  /** What is mostly the same from one line to the next, one after the other. */
  readonly #common: number[] = []
  #last: AccessLogEntry | undefined
  #lastAt = 0

  constructor(texts: Texts, lists: HeaderLists) {
    this.#texts = texts
    this.#lists = lists
  }

  /** For `rewind`. */
  get length(): number {
    return this.#common.length
  }

  rewind(length: number): void {
    if (this.#common.length === length) return
    this.#common.length = length
    this.#last = undefined
  }

  /** Writes `accessLogWords` words from `used` on. The lists must not change afterwards. */
  write(entry: AccessLogEntry, current: Int32Array, used: number): void {
    const { filterState } = entry
    const last = this.#last
    if (last === undefined || !sameCommon(last, entry)) {
      this.#lastAt = this.#writeCommon(entry)
      this.#last = entry
    }
    current[used] = this.#lastAt
    writeNumber(current, used + 1, entry.startMs)
    writeNumber(current, used + 3, entry.durationMs)
    writeNumber(current, used + 5, entry.bytesReceived)
    writeNumber(current, used + 7, entry.bytesSent)
    current[used + 9] = this.#lists.position(Place.logRequest, entry.requestHeaders, Place.upstreamRequest)
    current[used + 10] = this.#lists.position(Place.logResponse, entry.responseHeaders, Place.responseHeaders)
    current[used + 11] = filterState.size === 0 ? -1 : this.#texts.id(JSON.stringify([...filterState]))
  }

  /** The line whose facts stand at `place` of these words. */
  line(words: Int32Array, place: number): string {
    const { all } = this.#texts
    const text = (id: number | undefined): string => all[id ?? 0] ?? ''
    const common = words[place] ?? 0
    const commonText = (offset: number): string => text(this.#common[common + offset])
    const headers = (offset: number) => readHeaders(this.#lists.words, words[place + offset] ?? 0, all)
    return accessLogLine({
      profile: gatewayProfiles[this.#common[common] ?? 0] ?? 'higress-2.2',
      startMs: readNumber(words, place + 1),
      durationMs: readNumber(words, place + 3),
      status: this.#common[common + 1] ?? 0,
      bytesReceived: readNumber(words, place + 5),
      bytesSent: readNumber(words, place + 7),
      protocol: commonText(2),
      flags: commonText(3),
      details: commonText(4),
      routeName: commonText(5),
      cluster: commonText(6),
      upstreamHost: commonText(7),
      upstreamLocalAddress: commonText(8),
      downstreamLocalAddress: commonText(9),
      downstreamRemoteAddress: commonText(10),
      upstreamTransportFailureReason: commonText(11),
      requestHeaders: headers(9),
      responseHeaders: headers(10),
      filterState: (words[place + 11] ?? -1) < 0 ? noTexts : readState(text(words[place + 11])),
    })
  }

  #writeCommon(entry: AccessLogEntry): number {
    const texts = this.#texts
    const at = this.#common.length
    this.#common.push(
      gatewayProfiles.indexOf(entry.profile),
      entry.status,
      texts.id(entry.protocol),
      texts.id(entry.flags),
      texts.id(entry.details),
      texts.id(entry.routeName),
      texts.id(entry.cluster),
      texts.id(entry.upstreamHost),
      texts.id(entry.upstreamLocalAddress),
      texts.id(entry.downstreamLocalAddress),
      texts.id(entry.downstreamRemoteAddress),
      texts.id(entry.upstreamTransportFailureReason),
    )
    return at
  }
}

const sameCommon = (a: AccessLogEntry, b: AccessLogEntry): boolean =>
  a.status === b.status &&
  a.details === b.details &&
  a.flags === b.flags &&
  a.routeName === b.routeName &&
  a.cluster === b.cluster &&
  a.upstreamHost === b.upstreamHost &&
  a.upstreamLocalAddress === b.upstreamLocalAddress &&
  a.downstreamLocalAddress === b.downstreamLocalAddress &&
  a.downstreamRemoteAddress === b.downstreamRemoteAddress &&
  a.upstreamTransportFailureReason === b.upstreamTransportFailureReason &&
  a.protocol === b.protocol &&
  a.profile === b.profile

/** Written above, by this run. */
function readState(text: string): ReadonlyMap<string, string> {
  const pairs: readonly (readonly [string, string])[] = JSON.parse(text)
  return new Map(pairs)
}
