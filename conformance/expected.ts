import { readFileSync, writeFileSync } from 'node:fs'
import type { Observed } from './observed.ts'

/** Versions of Envoy that cases are recorded with. The first is kept whole, the others as differences from it. */
export const envoyVersions = ['1.40', '1.36'] as const
export type EnvoyVersion = (typeof envoyVersions)[number]

export type Expectations = ReadonlyMap<string, Observed>

/** What a file of an older version holds: names of cases that gave the same, and what differed. */
type Differences = {
  readonly sameAs: '1.40'
  readonly same: readonly string[]
  readonly other: Record<string, Observed>
}

const fileOf = (version: EnvoyVersion): URL => new URL(`expected/envoy-${version}.json`, import.meta.url)

/** What a real Envoy of this version did, by name of the case. */
export function readExpected(version: EnvoyVersion): Expectations {
  const whole: Record<string, Observed> = JSON.parse(readFileSync(fileOf('1.40'), 'utf8'))
  if (version === '1.40') return new Map(Object.entries(whole))
  const { same, other }: Differences = JSON.parse(readFileSync(fileOf(version), 'utf8'))
  const shared = same.map((name): [string, Observed | undefined] => [name, whole[name]])
  return new Map([...shared, ...Object.entries(other)].filter((each): each is [string, Observed] => !!each[1]))
}

/** Keeps what this version did for the cases named; what the other versions did stays as it was recorded. */
export function writeExpected(version: EnvoyVersion, names: readonly string[], recorded: Expectations): void {
  const all = new Map(envoyVersions.map((each) => [each, each === version ? recorded : readExpected(each)]))
  const whole = all.get('1.40') ?? new Map<string, Observed>()
  for (const each of envoyVersions) {
    const found = all.get(each) ?? new Map<string, Observed>()
    const known = names.filter((name) => found.has(name))
    if (each === '1.40') write(each, Object.fromEntries(known.map((name) => [name, found.get(name)])))
    else {
      const isSame = (name: string) => JSON.stringify(found.get(name)) === JSON.stringify(whole.get(name))
      const other = Object.fromEntries(known.filter((name) => !isSame(name)).map((name) => [name, found.get(name)]))
      write(each, { sameAs: '1.40', same: known.filter(isSame), other })
    }
  }
}

const write = (version: EnvoyVersion, content: object): void =>
  writeFileSync(fileOf(version), `${JSON.stringify(content, null, 1)}\n`)
