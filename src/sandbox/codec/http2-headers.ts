/** What HTTP/2 makes of the names and values of a message (seen on Envoy 1.36 and 1.40). */
import type { HeaderList } from '../../model/http.ts'

const isCookie = (pair: HeaderList[number]): boolean => pair[0] === 'cookie'

/** By index: this is asked of every message. */
function hasCookie(headers: HeaderList): boolean {
  for (let index = 0; index < headers.length; index++) if (headers[index]?.[0] === 'cookie') return true
  return false
}

/** As Envoy reads it: cookies, which may come in pieces, are one header behind all others. */
export function readFromHttp2(headers: HeaderList): HeaderList {
  if (!hasCookie(headers)) return headers
  const cookies = headers.filter(isCookie).map(([, value]) => value)
  return [...headers.filter((pair) => !isCookie(pair)), ['cookie', cookies.join('; ')]]
}

/** As Envoy 1.36 writes it: cookies joined where the first one stands. 1.40 leaves them apart. */
export function cookiesJoined(headers: HeaderList): HeaderList {
  const cookies = headers.filter(isCookie)
  const [first] = cookies
  if (first === undefined || cookies.length < 2) return headers
  const whole = ['cookie', cookies.map(([, value]) => value).join('; ')] as const
  return headers.flatMap((pair) => (pair === first ? [whole] : isCookie(pair) ? [] : [pair]))
}
