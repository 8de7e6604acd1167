/** What the plugin's own SDK calls the number a callback returned. */

type Phase = 'headers' | 'body' | 'trailers'

const headerNames = [
  'Continue',
  'StopIteration',
  'ContinueAndEndStream',
  'StopAllIterationAndBuffer',
  'StopAllIterationAndWatermark',
]
const dataNames = ['Continue', 'StopIterationAndBuffer', 'StopIterationAndWatermark', 'StopIterationNoBuffer']
const trailerNames = ['Continue', 'StopIteration']

/**
 * Go (go-hg types.go) and Rust have one Action type with Continue and Pause for every phase, and Higress' names beside
 * it; C++ and our AssemblyScript SDK name each phase's statuses.
 */
export function sdkActionName(language: string, callback: string, returned: number): string {
  const phase: Phase = callback.endsWith('headers') ? 'headers' : callback.endsWith('body') ? 'body' : 'trailers'
  const plain = { headers: headerNames, body: dataNames, trailers: trailerNames }[phase][returned]
  const prefix = { headers: 'Header', body: 'Data', trailers: 'Trailer' }[phase]
  switch (language) {
    case 'go':
    case 'tinygo':
      if (returned <= 1) return returned === 0 ? 'ActionContinue' : 'ActionPause'
      return plain === undefined ? String(returned) : `${prefix}${plain}`
    case 'rust':
      if (returned <= 1) return returned === 0 ? 'Action::Continue' : 'Action::Pause'
      return plain === undefined ? String(returned) : `${prefix}Action::${plain}`
    case 'c++':
    case 'cpp':
      return plain === undefined
        ? String(returned)
        : `Filter${prefix === 'Header' ? 'Headers' : prefix}Status::${plain}`
    case 'assemblyscript':
      // sdk/assemblyscript/core/actions.ts
      return plain === undefined ? String(returned) : `${prefix === 'Trailer' ? 'Trailers' : prefix}Action.${plain}`
    default:
      return plain ?? String(returned)
  }
}
