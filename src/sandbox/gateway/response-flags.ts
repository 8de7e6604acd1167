/** Envoy's bits of `response.flags` for the flags used here: the order of `CoreResponseFlag`, seen on 1.36 and 1.40. */
const flagBit: Readonly<Record<string, number>> = {
  UT: 0x4,
  LR: 0x8,
  UR: 0x10,
  UF: 0x20,
  UC: 0x40,
  NR: 0x100,
  DC: 0x4000,
  SI: 0x10000,
  DPE: 0x40000,
  UPE: 0x800000,
  NC: 0x1000000,
}

/** What went wrong with a stream, by the short names of Envoy's access log, as the number `response.flags` is. */
export function flagBits(flags: readonly string[]): number {
  return flags.reduce((bits, flag) => bits | (flagBit[flag] ?? 0), 0)
}
