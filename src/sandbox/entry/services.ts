/** The services behind the gateway as functions, for whoever gives them real sockets (`proxyground serve`). */
import * as extras from '../upstream/httpbin/extras/all.ts'
import { providePart } from '../upstream/parts.ts'

export { httpbin } from '../upstream/httpbin.ts'
export { RedisServer } from '../upstream/redis/server.ts'
export type { TimedResponse, Upstream, UpstreamRequest } from '../upstream/types.ts'

// Nobody makes a request again here.
providePart('httpbin', extras)
