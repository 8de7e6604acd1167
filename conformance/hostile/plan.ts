/** How many cases a test of random inputs tries: few and always the same in `npm test`, as many as asked by `npm run fuzz`. */
import { appendFileSync, writeFileSync } from 'node:fs'

export type Plan = {
  readonly from: number
  readonly cases: number
  /** Where it stands, for whoever finds it hanging; a text is a line of the result. */
  note(what: number | string): void
}

/** `PROXYGROUND_FUZZ_HOST`: factor and first seed; `PROXYGROUND_FUZZ_AT`: a file that says where it stands. */
export function plan(name: string, usual: number): Plan {
  const [factor = 1, from = 1] = (process.env.PROXYGROUND_FUZZ_HOST ?? '').split(' ').filter(Boolean).map(Number)
  const at = process.env.PROXYGROUND_FUZZ_AT
  return {
    from,
    cases: usual * factor,
    note: (what) => {
      if (at === undefined) return
      if (typeof what === 'number') writeFileSync(at, `${name}, case ${what}\n`)
      else appendFileSync(`${at}.result`, `${name}: ${what}\n`)
    },
  }
}
