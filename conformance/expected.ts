import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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

const folder = new URL('expected/envoy-1.40/', import.meta.url)
const differences = new URL('expected/envoy-1.36.json', import.meta.url)

/** What a real Envoy of this version did, by name of the case. */
export function readExpected(version: EnvoyVersion): Expectations {
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : []
  const whole: Record<string, Observed> = Object.assign({}, ...files.map((name) => readJson(new URL(name, folder))))
  if (version === '1.40') return new Map(Object.entries(whole))
  const { same, other }: Differences = readJson(differences)
  const shared = same.map((name): [string, Observed | undefined] => [name, whole[name]])
  return new Map([...shared, ...Object.entries(other)].filter((each): each is [string, Observed] => !!each[1]))
}

/** Names of cases by the file that holds them. */
export type Groups = Readonly<Record<string, readonly string[]>>

/** Keeps what this version did for the cases named; what the other versions did stays as it was recorded. */
export function writeExpected(version: EnvoyVersion, groups: Groups, recorded: Expectations): void {
  const [newer, older] = [readExpected('1.40'), readExpected('1.36')]
  const whole = version === '1.40' ? recorded : newer
  const found = version === '1.36' ? recorded : older
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(folder)) if (!(name.replace(/\.json$/, '') in groups)) rmSync(new URL(name, folder))
  for (const [group, names] of Object.entries(groups)) write(new URL(`${group}.json`, folder), pick(whole, names))
  const known = Object.values(groups)
    .flat()
    .filter((name) => found.has(name))
  const isSame = (name: string) => JSON.stringify(found.get(name)) === JSON.stringify(whole.get(name))
  const other = pick(
    found,
    known.filter((name) => !isSame(name)),
  )
  write(differences, { sameAs: '1.40', same: known.filter(isSame), other })
}

const pick = (all: Expectations, names: readonly string[]) =>
  Object.fromEntries(names.filter((name) => all.has(name)).map((name) => [name, all.get(name)]))

const readJson = (file: URL) => JSON.parse(readFileSync(file, 'utf8'))
const write = (file: URL, content: object): void => writeFileSync(file, `${JSON.stringify(content, null, 1)}\n`)
