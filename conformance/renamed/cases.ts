/**
 * Which recordings say what a Higress gateway does: the probe with the marker of ABI 0_2_100 against the same module,
 * its marker renamed to 0_2_1, on a real Envoy 1.36 whose option `allow_on_headers_stop_iteration` leaves header
 * statuses alone as 0_2_100 has them; and the older forms against recordings in which Envoy converts them.
 */
import { cases } from '../cases/index.ts'
import type { ProbeCase } from '../observed.ts'

/** What is not compared, and why. */
const left: readonly { readonly what: RegExp; readonly because: string }[] = [
  { what: /^(no policy|FAIL_CLOSED|FAIL_OPEN|fail_open): trap/, because: 'Higress builds a VM that trapped anew (proxy-wasm-host.md 7)' }, // biome-ignore format: table
  { what: /^client sends (x-envoy headers|an upgrade to WebSocket)$/, because: 'its clients count as internal, and it lets WebSocket through (higress.md)' }, // biome-ignore format: table
  { what: /^attributes of the connection to the service, a body in one piece$/, because: 'whether the connection stands already goes by the cases before it' }, // biome-ignore format: table
]

export const leftOut = ({ name }: ProbeCase): string | undefined => left.find(({ what }) => what.test(name))?.because

/** The cases as Envoy runs them under the name of the case: with the option, which forms before 0_2_0 do not look at. */
export const renamedCases: readonly ProbeCase[] = cases
  .filter(({ abi }) => abi === undefined)
  .map((each) => ({ ...each, allowStopIteration: true }))

/** Those whose headers the gateway converts. */
export const convertedCases: readonly ProbeCase[] = cases.filter(
  ({ allowStopIteration }) => allowStopIteration !== true,
)

/** What every profile of Higress is compared in by `npm test`; all the others, too, by `npm run conformance`. */
const always =
  /^(request|response)_(headers|body|trailers) answers|: plain$|pause in|stopped at once|over the limit|continue/

export const comparedNow = (list: readonly ProbeCase[]): readonly ProbeCase[] =>
  list.filter(
    (each) => leftOut(each) === undefined && (process.env.PROXYGROUND_RENAMED === 'all' || always.test(each.name)),
  )
