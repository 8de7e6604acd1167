import type { Observed } from '../observed.ts'

/** Where two observations differ first, in words; `undefined`: nowhere. */
export function difference(real: Observed | undefined, emulated: Observed): string | undefined {
  if (real === undefined) return 'Envoy crashed'
  for (const part of ['client', 'later', 'upstream', 'calls', 'grpc', 'log'] as const) {
    const [a, b] = [real[part], emulated[part]]
    if (JSON.stringify(a) === JSON.stringify(b)) continue
    if (!Array.isArray(a) || !Array.isArray(b)) return `${part}: ${JSON.stringify(a)} / ${JSON.stringify(b)}`
    const at = a.findIndex((each, index) => JSON.stringify(each) !== JSON.stringify(b[index]))
    const place = at < 0 ? a.length : at
    return `${part}[${place}]: ${JSON.stringify(a[place])} / ${JSON.stringify(b[place])}`
  }
  return undefined
}
