/** Result of a host call (proxy-wasm-host.md 4). */
export const Status = {
  Ok: 0,
  NotFound: 1,
  BadArgument: 2,
  SerializationFailure: 3,
  ParseFailure: 4,
  BadExpression: 5,
  InvalidMemoryAccess: 6,
  Empty: 7,
  CasMismatch: 8,
  ResultMismatch: 9,
  InternalFailure: 10,
  BrokenConnection: 11,
  Unimplemented: 12,
} as const
export type Status = (typeof Status)[keyof typeof Status]

const names = Object.keys(Status)

/** `Ok`, `BadArgument`, …; the number as text when it is none of them. */
export function statusName(code: number): string {
  return names[code] ?? String(code)
}

/** WASI preview 1 error numbers that the host answers (proxy-wasm-host.md 10). */
export const Errno = {
  success: 0,
  badf: 8,
  exist: 20,
  fault: 21,
  inval: 28,
  noent: 44,
  nosys: 52,
  notsup: 58,
  notcapable: 76,
} as const
export type Errno = (typeof Errno)[keyof typeof Errno]

const errnoNames = new Map<number, string>(Object.entries(Errno).map(([name, code]) => [code, name]))

export function errnoName(code: number): string {
  return errnoNames.get(code) ?? String(code)
}
