/** Where texts and header lists are told that are usually those of the request before (`Texts.idAt`, `HeaderLists`). */
export const Place = {
  listener: 0,
  requestProtocol: 1,
  requestHeaders: 2,
  chainRequest: 4,
  chainResponse: 5,
  routeName: 6,
  routeCluster: 7,
  upstreamCluster: 8,
  upstreamHost: 9,
  upstreamRequest: 10,
  answerCluster: 11,
  upstreamResponse: 12,
  answerBodyCluster: 13,
  responseHeaders: 14,
  ended: 15,
  endDetails: 16,
  endFlags: 17,
  logRequest: 18,
  logResponse: 19,
  other: 20,
} as const

/** How many there are at most. */
export const places = 21
