import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { type Expectations, readExpected } from '../expected.ts'
import type { Observed } from '../observed.ts'

/** Names of cases with which Envoy 1.36 did the same without the option, and what differed. */
type Kept = {
  readonly sameAs: 'envoy-1.36'
  readonly same: readonly string[]
  readonly other: Record<string, Observed>
}

const file = new URL('../expected/renamed-1.36.json', import.meta.url)

/** What Envoy 1.36 did with the option `allow_on_headers_stop_iteration`, by name of the case. */
export function readRenamed(): Expectations {
  if (!existsSync(file)) return new Map()
  const { same, other }: Kept = JSON.parse(readFileSync(file, 'utf8'))
  const plain = readExpected('1.36')
  const shared = same.flatMap((name): (readonly [string, Observed])[] => {
    const seen = plain.get(name)
    return seen === undefined ? [] : [[name, seen]]
  })
  return new Map([...shared, ...Object.entries(other)])
}

export function writeRenamed(recorded: Expectations): void {
  const plain = readExpected('1.36')
  const isSame = (name: string, seen: Observed) => JSON.stringify(plain.get(name)) === JSON.stringify(seen)
  const all = [...recorded]
  const same = all.flatMap(([name, seen]) => (isSame(name, seen) ? [name] : []))
  const other = Object.fromEntries(all.filter(([name, seen]) => !isSame(name, seen)))
  const kept: Kept = { sameAs: 'envoy-1.36', same, other }
  writeFileSync(file, `${JSON.stringify(kept, null, 1)}\n`)
}
