/** What a plugin author reads in their own code for the number a callback returned (proxy-wasm-host.md 4, higress.md 3). */

const header = [
  'Continue',
  'StopIteration',
  'ContinueAndEndStream',
  'StopAllIterationAndBuffer',
  'StopAllIterationAndWatermark',
]
const data = ['Continue', 'StopIterationAndBuffer', 'StopIterationAndWatermark', 'StopIterationNoBuffer']
const trailers = ['Continue', 'StopIteration']

type Phase = 'headers' | 'body' | 'trailers'

/** `proxy_on_request_body` and `request_body` alike; undefined for a callback that returns no action. */
export function actionPhase(callback: string): Phase | undefined {
  const match = /^(?:proxy_on_)?(?:request|response)_(headers|body|trailers)$/.exec(callback)?.[1]
  return match === 'headers' || match === 'body' || match === 'trailers' ? match : undefined
}

const fieldNames = (phase: Phase) => (phase === 'headers' ? header : phase === 'body' ? data : trailers)

/**
 * The SDK's name for `returned`, e.g. `HeaderStopIteration` (Higress Go), `ActionPause` (older Go SDKs),
 * `Action::Pause` (Rust), `HeaderAction.StopIteration` (AssemblyScript). A language without an SDK, and a number that
 * has no name, give the number.
 * @param language `assemblyscript`, `go`, `tinygo`, `rust`, `cpp` or `c++`, `wat`, `wasm`
 * @param abi the module's marker, e.g. `0_2_100`: tells the Higress forks from the older SDKs
 * @param callback with or without `proxy_on_`
 */
export function sdkActionName(language: string, abi: string, callback: string, returned: number): string {
  const phase = actionPhase(callback)
  if (phase === undefined) return String(returned)
  const higress = abi === '0_2_100'
  switch (language) {
    case 'go':
    case 'tinygo':
      return goName(phase, higress, returned) ?? String(returned)
    case 'rust':
      return rustName(phase, higress, returned) ?? String(returned)
    case 'assemblyscript':
      return prefixed({ headers: 'HeaderAction.', body: 'DataAction.', trailers: 'TrailersAction.' }, phase, returned)
    case 'cpp':
    case 'c++':
      return prefixed(
        { headers: 'FilterHeadersStatus::', body: 'FilterDataStatus::', trailers: 'FilterTrailersStatus::' },
        phase,
        returned,
      )
    default:
      return String(returned)
  }
}

function goName(phase: Phase, higress: boolean, returned: number): string | undefined {
  if (returned === 0) return 'ActionContinue'
  if (!higress || phase === 'trailers') return returned === 1 ? 'ActionPause' : undefined
  const name = fieldNames(phase)[returned]
  return name === undefined ? undefined : `${phase === 'headers' ? 'Header' : 'Data'}${name}`
}

function rustName(phase: Phase, higress: boolean, returned: number): string | undefined {
  if (!higress || phase === 'trailers') return ['Action::Continue', 'Action::Pause'][returned]
  const name = fieldNames(phase)[returned]
  return name === undefined ? undefined : `${phase === 'headers' ? 'HeaderAction' : 'DataAction'}::${name}`
}

function prefixed(prefixes: Readonly<Record<Phase, string>>, phase: Phase, returned: number): string {
  const name = fieldNames(phase)[returned]
  return name === undefined ? String(returned) : prefixes[phase] + name
}
