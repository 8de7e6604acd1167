import type { GatewayProfile } from '../../../model/profile.ts'
import { finding, type Rule } from '../rule.ts'
import { numberArg, type RecordOf, type RunFacts } from '../run-facts.ts'

/**
 * Calls that end a real Envoy, the whole process and every connection with it. Here they do nothing, or little. Each was
 * seen on Envoy 1.40 and 1.36, and so was what comes close and does not (`conformance/crashes`).
 */
export const killsEnvoy: Rule = {
  id: 'kills-envoy',
  variants: [
    'response-not-there',
    'reply-at-the-end',
    'close-at-the-end',
    'close-after-reply',
    'ended-twice',
    'continue-in-trailers',
    'close-in-trailers',
    'gone-body',
    'grpc-no-target',
  ],
  find: (run, { profile }) =>
    run.of('host.call').flatMap((record) => {
      const variant = deadly(run, record, profile)
      return variant === undefined ? [] : [finding(run, 'kills-envoy', 'problem', record, { variant })]
    }),
}

const reply = 'proxy_send_local_response'

type Call = RecordOf<'host.call'>

function deadly(run: RunFacts, call: Call, profile: GatewayProfile): string | undefined {
  const { fn, args, code, reason } = call.event
  if (reason?.code === 'grpc-no-target') return 'grpc-no-target'
  if (reason?.code === 'gone-body') return 'gone-body'
  if (code !== 0 || call.stream === undefined) return undefined
  const atTheEnd = /^proxy_on_(log|done)$/.test(run.callbackOf(call))
  const inTrailers = run.callbackOf(call) === 'proxy_on_response_trailers'
  switch (fn) {
    case reply:
      if (atTheEnd) return 'reply-at-the-end'
      if (hasResponse(run, call) && asked(run, call, reply)) return 'ended-twice'
      return asked(run, call, 'proxy_close_stream') && hasLeft(run, call) ? 'close-after-reply' : undefined
    case 'proxy_close_stream':
      if (!isOfHttp(args)) return undefined
      if (atTheEnd) return 'close-at-the-end'
      if (!hasResponse(run, call)) return undefined
      if (asked(run, call, 'proxy_close_stream')) return 'ended-twice'
      if (asked(run, call, reply)) return 'close-after-reply'
      // 1.40 takes it well.
      return inTrailers && profile !== 'envoy-1.40' ? 'close-in-trailers' : undefined
    case 'proxy_continue_response':
    case 'proxy_continue_stream':
      if (fn === 'proxy_continue_stream' && numberArg(args, 'stream') !== 1) return undefined
      if (inTrailers) return 'continue-in-trailers'
      return continuesNothing(run, call) ? 'response-not-there' : undefined
    default:
      return undefined
  }
}

/** 2 and 3 are the two sides of a TCP connection. */
const isOfHttp = (args: Call['event']['args']): boolean => (numberArg(args, 'stream') ?? 2) < 2

/** A reply that was asked for before helps in the answer of a call, and not in the request's headers. */
const continuesNothing = (run: RunFacts, call: Call): boolean =>
  !hasResponse(run, call) && (run.callbackOf(call) === 'proxy_on_request_headers' || !asked(run, call, reply))

/** Headers of a response, the service's or the gateway's own, came before this call. */
const hasResponse = (run: RunFacts, call: Call): boolean =>
  run.inStream(call.stream, 'chain.headers').some(({ event, seq }) => event.direction === 'response' && seq < call.seq)

/** They went on to the client. */
const hasLeft = (run: RunFacts, call: Call): boolean =>
  run.inStream(call.stream, 'response.headers').some(({ seq }) => seq < call.seq)

/** The callback that made this call had made that one. */
const asked = (run: RunFacts, call: Call, fn: string): boolean =>
  run.entryOf(call)?.inside.some(({ event, seq }) => event.type === 'host.call' && event.fn === fn && seq < call.seq) ??
  false
