// One file as the difference to another that the page has by then: pieces of that one, and what is new between them. Read by
// src/compile-worker/toolchains/go/delta.ts.

/** What is found again is at least so long, in bytes: of 16 to 1024 the packs are smallest with this. */
const shortest = 64
const step = 4
const slots = 2 ** 20

const slotOf = (view, at) =>
  (Math.imul(view.getInt32(at, true), 0x9e3779b1) ^ Math.imul(view.getInt32(at + 4, true), 0x85ebca6b)) >>> 12

const viewOf = ({ buffer, byteOffset, length }) => new DataView(buffer, byteOffset, length)

function number(list, value) {
  for (; value >= 0x80; value = Math.floor(value / 0x80)) list.push((value % 0x80) | 0x80)
  list.push(value)
}

/**
 * The difference: how many steps there are and how long their list is, the steps (how much is new, then how much is copied
 * from the other file and from where, counted from the end of the last copy, its sign in the lowest bit), and what is new.
 */
export function difference(from, to) {
  const [old, wanted] = [viewOf(from), viewOf(to)]
  const places = new Int32Array(slots).fill(-1)
  for (let at = 0; at + 8 <= from.length; at += step) places[slotOf(old, at)] = at
  const steps = []
  const fresh = []
  let count = 0
  let begun = 0
  let expected = 0
  const note = (end, start, length) => {
    number(steps, end - begun)
    fresh.push(to.subarray(begun, end))
    number(steps, length)
    const moved = start - expected
    number(steps, moved < 0 ? -2 * moved - 1 : 2 * moved)
    expected = start + length
    begun = end + length
    count++
  }
  for (let at = 0; at + 8 <= to.length; at++) {
    const word = wanted.getInt32(at, true)
    for (let way = 0; way < 2; way++) {
      const start = way === 0 ? expected + at - begun : places[slotOf(wanted, at)]
      if (start < 0 || start + 4 > from.length || old.getInt32(start, true) !== word) continue
      const [before, behind] = reach(from, start, to, at, begun)
      if (before + behind < shortest) continue
      note(at - before, start - before, before + behind)
      at = begun - 1
      break
    }
  }
  note(to.length, expected, 0)
  const head = []
  number(head, count)
  number(head, steps.length)
  return Buffer.concat([Buffer.from(head), Buffer.from(steps), ...fresh])
}

/** How many bytes are the same in both files before these places, as far as `begun`, and from there on. */
function reach(from, start, to, at, begun) {
  let [before, behind] = [0, 0]
  while (start + behind < from.length && at + behind < to.length && from[start + behind] === to[at + behind]) behind++
  while (at - before > begun && start > before && from[start - before - 1] === to[at - before - 1]) before++
  return [before, behind]
}
