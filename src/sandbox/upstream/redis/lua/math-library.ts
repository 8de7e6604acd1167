/** `math` */
import type { Arguments, Library } from './arguments.ts'

/** The generator of C's `lrand48`, as Redis carries it along; a server keeps one for all its scripts. */
export class Rand48 {
  private state = 0x1234abcd330en
  seed(value: number): void {
    this.state = (BigInt.asUintN(32, BigInt(Math.trunc(value))) << 16n) + 0x330en
  }
  next(): number {
    this.state = BigInt.asUintN(48, this.state * 0x5deece66dn + 0xbn)
    return Number(this.state >> 17n)
  }
}

export function mathLibrary(random: Rand48): Library {
  const plain = Object.fromEntries(
    (['floor', 'ceil', 'abs', 'sqrt', 'sin', 'cos', 'tan', 'exp', 'log10', 'atan', 'asin', 'acos'] as const).map(
      (name) => [name, (args: Arguments) => Math[name](args.number(0))],
    ),
  )
  return {
    ...plain,
    log: (args) => Math.log(args.number(0)),
    pow: (args) => args.number(0) ** args.number(1),
    fmod: (args) => args.number(0) % args.number(1),
    mod: (args) => args.number(0) % args.number(1),
    modf: (args) => {
      const value = args.number(0)
      return [Math.trunc(value), value - Math.trunc(value)]
    },
    max: (args) => Math.max(args.number(0), ...args.values.map((_, index) => args.number(index))),
    min: (args) => Math.min(args.number(0), ...args.values.map((_, index) => args.number(index))),
    random: (args) => {
      const fraction = (random.next() % 0x7fffffff) / 0x7fffffff
      if (args.values.length === 0) return fraction
      const [low, high] = args.values.length === 1 ? [1, args.whole(0)] : [args.whole(0), args.whole(1)]
      if (low > high) throw args.bad(args.values.length === 1 ? 0 : 1, 'interval is empty')
      return Math.floor(fraction * (high - low + 1)) + low
    },
    randomseed: (args) => {
      random.seed(args.number(0))
      return []
    },
  }
}
