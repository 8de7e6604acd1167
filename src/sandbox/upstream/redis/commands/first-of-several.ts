/** Commands that take from the first of several keys that holds something: LMPOP, ZMPOP. */
import { type Call, type Command, command, dropIfEmpty, holding, index, isWord, keys, refuse } from '../command.ts'
import { array, bulk, bulks, double, error, errors, nullArray, type Reply } from '../reply.ts'
import { sortedMembers } from '../sorted-set.ts'

export type SeveralKeys = { readonly names: readonly string[]; readonly greatest: boolean; readonly count: number }

/** Number of keys, the keys, an end (`[least, greatest]` are its two names), COUNT. */
export function severalKeys(
  [countText, ...words]: readonly string[],
  [least, greatest]: readonly [string, string],
): SeveralKeys {
  const none = error('ERR numkeys should be greater than 0')
  const number = index(countText, none)
  if (number < 1) refuse(none)
  const end = words[number]
  if (end === undefined) refuse(errors.syntax)
  if (!isWord(end, least) && !isWord(end, greatest)) refuse(errors.syntax)
  let count: number | undefined
  for (let at = number + 1; at < words.length; at++) {
    if (count !== undefined || !isWord(words[at], 'count') || at + 1 >= words.length) refuse(errors.syntax)
    const bad = error('ERR count should be greater than 0')
    count = index(words[++at], bad)
    if (count < 1) refuse(bad)
  }
  return { names: words.slice(0, number), greatest: isWord(end, greatest), count: count ?? 1 }
}

/** `undefined`: none of the lists has an element. */
export function popLists(call: Call, { names, greatest, count }: SeveralKeys): Reply | undefined {
  for (const key of names) {
    const list = holding(call, key, 'list')
    if (list === undefined) continue
    const taken = greatest ? list.items.splice(-count).reverse() : list.items.splice(0, count)
    dropIfEmpty(call, key, list)
    return array([bulk(key), bulks(taken)])
  }
  return undefined
}

export function popSortedSets(call: Call, { names, greatest, count }: SeveralKeys): Reply | undefined {
  for (const key of names) {
    const set = holding(call, key, 'zset')
    if (set === undefined) continue
    const all = [...sortedMembers(set)]
    if (greatest) all.reverse()
    const taken = all.slice(0, count)
    for (const [member] of taken) set.scores.delete(member)
    dropIfEmpty(call, key, set)
    return array([bulk(key), array(taken.map(([member, score]) => array([bulk(member), double(score)])))])
  }
  return undefined
}

export const firstOfSeveral: readonly Command[] = [
  command(
    'lmpop',
    -4,
    ['write'],
    keys.none,
    (call, words) => popLists(call, severalKeys(words, ['left', 'right'])) ?? nullArray,
  ),
  command(
    'zmpop',
    -4,
    ['write'],
    keys.none,
    (call, words) => popSortedSets(call, severalKeys(words, ['min', 'max'])) ?? nullArray,
  ),
]
