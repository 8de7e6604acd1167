/** Envoy's bits of `response.flags` for the flags used here. */
const flagBit: Readonly<Record<string, number>> = {
  UT: 0x4,
  LR: 0x8,
  UF: 0x20,
  UC: 0x40,
  NR: 0x100,
  DC: 0x2000,
  SI: 0x10000,
  DPE: 0x20000,
  UPE: 0x400000,
  NC: 0x2000000,
}

/** What went wrong with a stream, by the short names of Envoy's access log, as the number `response.flags` is. */
export function flagBits(flags: readonly string[]): number {
  return flags.reduce((bits, flag) => bits | (flagBit[flag] ?? 0), 0)
}
