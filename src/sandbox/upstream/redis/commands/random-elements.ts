/** HRANDFIELD and ZRANDMEMBER: draws by the project's seed. */
import { type Call, type Command, command, holding, isWord, keys, long, refuse } from '../command.ts'
import { bulk, bulks, double, emptyArray, errors, nothing, pairsOf, type Reply } from '../reply.ts'
import { sortedMembers } from '../sorted-set.ts'

type Pair = readonly [name: string, value: Reply]

/** A negative count: so many draws, and an element may come again. `both`: the word that asks for the values too. */
function draws(pairs: (call: Call, key: string) => readonly Pair[], both: string): Command['run'] {
  return (call, [key = '', countText, ...more]): Reply => {
    const wanted = countText === undefined ? undefined : long(countText)
    if (more.length > 1 || (more[0] !== undefined && !isWord(more[0], both))) return errors.syntax
    const limit = 2n ** 62n
    if (wanted !== undefined && (wanted < -limit || wanted > 2n * limit - 1n)) refuse(errors.outOfRange)
    const all = [...pairs(call, key)]
    const one = (): Pair => all[call.server.random(all.length)] ?? ['', nothing]
    if (wanted === undefined) return all.length === 0 ? nothing : bulk(one()[0])
    if (all.length === 0) return emptyArray
    const taken: Pair[] = []
    if (wanted < 0n) while (taken.length < -Number(wanted)) taken.push(one())
    else while (taken.length < Number(wanted) && all.length > 0) taken.push(...all.splice(call.server.random(all.length), 1)) // biome-ignore format: one line
    return more.length === 0
      ? bulks(taken.map(([name]) => name))
      : pairsOf(taken.map(([name, value]) => [bulk(name), value]))
  }
}

export const randomElements: readonly Command[] = [
  command('hrandfield', -2, ['readonly', 'random'], keys.one, draws((call, key) => [...(holding(call, key, 'hash')?.fields ?? [])].map(([field, value]) => [field, bulk(value)]), 'withvalues')), // biome-ignore format: one line
  command('zrandmember', -2, ['readonly', 'random'], keys.one, draws((call, key) => {
    const set = holding(call, key, 'zset')
    return set === undefined ? [] : sortedMembers(set).map(([member, score]) => [member, double(score)])
  }, 'withscores')), // biome-ignore format: one line
]
