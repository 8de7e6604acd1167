import type { HeaderList } from '../../model/http.ts'

/** Nanoseconds of virtual time. */
export type Ns = number

/** A request as the service behind the gateway receives it. Names are lower-case; `host` is in `authority`. */
export type UpstreamRequest = {
  readonly method: string
  readonly path: string
  readonly authority: string
  readonly scheme: string
  readonly protocol: 'h1' | 'h2'
  /** Without pseudo headers and without `host`. */
  readonly headers: HeaderList
  readonly body: Uint8Array
  readonly trailers: HeaderList
  /** `ip:port` of the gateway as the service sees it. */
  readonly peer: string
}

export type UpstreamContext = {
  /** Absolute virtual time, milliseconds since 1970. */
  readonly nowMs: number
  /** Deterministic bytes for this cluster. */
  readonly random: (count: number) => Uint8Array
  /** A line in the trace beside the request, for the person who reads it. */
  readonly log?: (level: 'debug' | 'info' | 'warn' | 'error', message: string) => void
}

/** What comes back, and when on the virtual clock. Delays count from the moment the request was complete. */
export type TimedResponse =
  | {
      readonly kind: 'response'
      /** Starts with `:status`. What the service itself sends; the gateway adds nothing here. */
      readonly headers: HeaderList
      readonly delay: Ns
      /** Each chunk `after` the one before it (the first: after the headers). */
      readonly chunks: readonly { readonly data: Uint8Array; readonly after: Ns }[]
      readonly trailers: HeaderList
      /** `early`: the headers leave before the request body was complete. */
      readonly at?: 'early' | 'afterBody'
      /**
       * Instead of a clean end after all chunks: the end comes too early (`broken`), the connection is gone (`lost`), or
       * nothing more comes. In HTTP/1.1 both ends break the protocol for Envoy, in HTTP/2 only the first (seen on 1.40 and 1.36).
       */
      readonly end?: 'broken' | 'lost' | 'hang'
    }
  | { readonly kind: 'unreachable'; readonly detail: string }
  /** Nobody answers to the gateway's wish to connect. */
  | { readonly kind: 'connect-timeout'; readonly after: Ns }
  | { readonly kind: 'reset'; readonly delay: Ns }
  | { readonly kind: 'hang' }

/** A service behind the gateway: a function. */
export type Upstream = (request: UpstreamRequest, context: UpstreamContext) => TimedResponse
