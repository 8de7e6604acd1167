/** What a host call answered. Every call of this SDK leaves it in `lastStatus()`; most return it too. */
export enum Status {
  Ok = 0,
  NotFound = 1,
  BadArgument = 2,
  SerializationFailure = 3,
  ParseFailure = 4,
  BadExpression = 5,
  InvalidMemoryAccess = 6,
  Empty = 7,
  CasMismatch = 8,
  ResultMismatch = 9,
  InternalFailure = 10,
  BrokenConnection = 11,
  Unimplemented = 12,
}

let last: u32 = 0

/** The status of the most recent host call, for functions that return a value: `if (lastStatus() == Status.NotFound)`. */
export function lastStatus(): Status {
  return last as Status
}

/** Keeps a status for `lastStatus()` and gives it back. */
export function keepStatus(status: u32): Status {
  last = status
  return status as Status
}

/** The word for a status, for log lines. */
export function statusName(status: Status): string {
  const names: StaticArray<string> = [
    'Ok', 'NotFound', 'BadArgument', 'SerializationFailure', 'ParseFailure', 'BadExpression', 'InvalidMemoryAccess',
    'Empty', 'CasMismatch', 'ResultMismatch', 'InternalFailure', 'BrokenConnection', 'Unimplemented',
  ]
  return status >= 0 && <i32>status < names.length ? names[status] : 'status ' + (<i32>status).toString()
}
