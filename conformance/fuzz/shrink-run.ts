/** Finds the smallest program that still shows what a random one showed: a disagreement with Envoy, or its end. */
import { firstCrash } from '../envoy/run.ts'
import { caseOf, type Program } from './program.ts'
import { confirmed, type Disagreement, emulate, type Oracle, tried } from './run.ts'
import { smaller } from './shrink.ts'

/** Candidates of one Envoy: the first that will do ends the search, so not all of them at once. */
const together = 16
/** Of each of these the first so many suspects are tried again. */
const looked = 3
const longest = 60

/** The first of the candidates that still shows it, with its place; `undefined`: none does. */
type Search = (
  candidates: readonly Program[],
) => Promise<{ readonly at: number; readonly found: Disagreement } | undefined>

/**
 * Leaves one part out after another as long as the search says yes. It goes on where the last part fell: those before it
 * were needed a moment ago, and are tried again only when everything behind them was.
 */
async function shrunkBy(search: Search, start: Disagreement): Promise<Disagreement> {
  let smallest = start
  let from = 0
  for (let round = 0; round < longest; round++) {
    const candidates = smaller(smallest.program)
    const place = from < candidates.length ? from : 0
    const next =
      (await inPieces(search, candidates.slice(place), place)) ??
      (await inPieces(search, candidates.slice(0, place), 0))
    if (next === undefined) return smallest
    smallest = next.found
    from = next.at
  }
  return smallest
}

async function inPieces(search: Search, candidates: readonly Program[], offset: number): ReturnType<Search> {
  for (let start = 0; start < candidates.length; start += together) {
    const next = await search(candidates.slice(start, start + together))
    if (next !== undefined) return { at: offset + start + next.at, found: next.found }
  }
  return undefined
}

/** The smallest program with which the two still disagree, Envoy the same in three tries. */
export const shrink = (oracle: Oracle, disagreement: Disagreement): Promise<Disagreement> =>
  shrunkBy(async (candidates) => {
    const all = await tried(oracle, candidates)
    const suspects = all.flatMap((each, at) => (each.what === undefined || each.real === undefined ? [] : [{ ...each, what: each.what, at }])) // biome-ignore format: one
    for (const [index, { at, ...suspect }] of suspects.entries()) {
      if (index >= looked) return undefined
      const found = await confirmed(oracle, suspect)
      if (found !== undefined) return { at, found }
    }
    return undefined
  }, disagreement)

/** The smallest program that still ends Envoy. */
export const shrinkCrash = (oracle: Oracle, crash: Disagreement): Promise<Disagreement> =>
  shrunkBy(async (candidates) => {
    const at = await firstCrash(oracle.binary, oracle.probes, candidates.map(caseOf))
    const program = at === undefined ? undefined : candidates[at]
    if (at === undefined || program === undefined) return undefined
    return { at, found: { program, what: crash.what, real: undefined, emulated: emulate(oracle, program) } }
  }, crash)
