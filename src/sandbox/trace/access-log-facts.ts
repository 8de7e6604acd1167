/**
 * The facts of an access-log line as words: the line is a view of them, formatted when the trace is taken. To format it
 * while requests run, or to keep the objects it is made of, costs as much as the rest of recording a request.
 */
import { gatewayProfiles } from '../../model/profile.ts'
import { type AccessLogEntry, accessLogLine } from './access-log.ts'
import type { TraceBuffers } from './buffers.ts'
import { readHeaders } from './header-lists.ts'
import { readNumber, writeNumber } from './number-words.ts'
import { Place } from './places.ts'

/** Words that the facts of one line take. */
export const accessLogWords = 24

const noTexts: ReadonlyMap<string, string> = new Map()

/** Writes `accessLogWords` words from `used` on. The lists must not change afterwards. */
export function writeAccessLog(
  { texts, lists }: TraceBuffers,
  entry: AccessLogEntry,
  current: Int32Array,
  used: number,
): void {
  const { filterState } = entry
  current[used] = gatewayProfiles.indexOf(entry.profile)
  writeNumber(current, used + 1, entry.startMs)
  writeNumber(current, used + 3, entry.durationMs)
  writeNumber(current, used + 5, entry.status)
  writeNumber(current, used + 7, entry.bytesReceived)
  writeNumber(current, used + 9, entry.bytesSent)
  current[used + 11] = texts.idAt(Place.logProtocol, entry.protocol)
  current[used + 12] = texts.idAt(Place.logFlags, entry.flags)
  current[used + 13] = texts.idAt(Place.logDetails, entry.details)
  current[used + 14] = texts.idAt(Place.logRoute, entry.routeName)
  current[used + 15] = texts.idAt(Place.logCluster, entry.cluster)
  current[used + 16] = texts.idAt(Place.logHost, entry.upstreamHost)
  current[used + 17] = texts.idAt(Place.logUpstreamAddress, entry.upstreamLocalAddress)
  current[used + 18] = texts.idAt(Place.logListenerAddress, entry.downstreamLocalAddress)
  current[used + 19] = texts.idAt(Place.logClientAddress, entry.downstreamRemoteAddress)
  current[used + 20] = texts.idAt(Place.logFailure, entry.upstreamTransportFailureReason)
  current[used + 21] = lists.position(Place.logRequest, entry.requestHeaders, Place.upstreamRequest)
  current[used + 22] = lists.position(Place.logResponse, entry.responseHeaders, Place.responseHeaders)
  current[used + 23] = filterState.size === 0 ? -1 : texts.id(JSON.stringify([...filterState]))
}

/** The line whose facts stand at `place` of these words. */
export function readAccessLogLine({ texts, lists }: TraceBuffers, words: Int32Array, place: number): string {
  const text = (offset: number): string => texts.all[words[place + offset] ?? 0] ?? ''
  const headers = (offset: number) => readHeaders(lists.words, words[place + offset] ?? 0, texts.all)
  return accessLogLine({
    profile: gatewayProfiles[words[place] ?? 0] ?? 'higress-2.2',
    startMs: readNumber(words, place + 1),
    durationMs: readNumber(words, place + 3),
    status: readNumber(words, place + 5),
    bytesReceived: readNumber(words, place + 7),
    bytesSent: readNumber(words, place + 9),
    protocol: text(11),
    flags: text(12),
    details: text(13),
    routeName: text(14),
    cluster: text(15),
    upstreamHost: text(16),
    upstreamLocalAddress: text(17),
    downstreamLocalAddress: text(18),
    downstreamRemoteAddress: text(19),
    upstreamTransportFailureReason: text(20),
    requestHeaders: headers(21),
    responseHeaders: headers(22),
    filterState: (words[place + 23] ?? -1) < 0 ? noTexts : readState(text(23)),
  })
}

/** Written above, by this run. */
function readState(text: string): ReadonlyMap<string, string> {
  const pairs: readonly (readonly [string, string])[] = JSON.parse(text)
  return new Map(pairs)
}
