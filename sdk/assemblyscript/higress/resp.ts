import { at, textOf, utf8 } from '../core/bytes'

/** The type of a Redis answer: the first byte of its RESP form. */
export enum RespType {
  SimpleString = 0x2b,
  Error = 0x2d,
  Integer = 0x3a,
  BulkString = 0x24,
  Array = 0x2a,
}

const NO_BYTES = new ArrayBuffer(0)
const NO_VALUES: RespValue[] = []
const MAX_DEPTH = 32

/** An answer of Redis, read as Go's `resp.Value` reads it. */
export class RespValue {
  constructor(
    private readonly type: RespType,
    private readonly bytes: ArrayBuffer,
    private readonly values: RespValue[] = NO_VALUES,
    private readonly nothing: bool = false,
  ) {}

  Type(): RespType {
    return this.type
  }
  /** True for Redis' nil: no such key, no such field. */
  IsNull(): bool {
    return this.nothing
  }
  /** Redis' refusal, or why there is no answer; null if it is one. */
  Error(): Error | null {
    return this.type == RespType.Error ? new Error(this.String()) : null
  }
  /** The text; a list reads `[a b c]`. */
  String(): string {
    if (this.type != RespType.Array) return textOf(this.bytes)
    const texts = new Array<string>()
    for (let i = 0; i < this.values.length; i++) texts.push(this.values[i].String())
    return '[' + texts.join(' ') + ']'
  }
  Bytes(): ArrayBuffer {
    return this.bytes
  }
  /** The number; 0 if it is none. */
  Integer(): i64 {
    return isInteger(this.String()) ? I64.parseInt(this.String()) : 0
  }
  /** The number; 0 if it is none. */
  Float(): f64 {
    const value = parseFloat(this.String())
    return isNaN(value) ? 0 : value
  }
  Bool(): bool {
    return this.Integer() != 0
  }
  /** What a list holds; empty for everything else. */
  Array(): RespValue[] {
    return this.values
  }
}

/** An error of our own in the place of an answer. */
export function respError(message: string): RespValue {
  return new RespValue(RespType.Error, utf8(message))
}

/** A command as Redis wants it: an array of bulk strings. */
export function respCommand(parts: string[]): ArrayBuffer {
  let text = '*' + parts.length.toString() + '\r\n'
  for (let i = 0; i < parts.length; i++) {
    text += '$' + String.UTF8.byteLength(parts[i]).toString() + '\r\n' + parts[i] + '\r\n'
  }
  return utf8(text)
}

/** Reads one answer; an error value if the bytes are none. */
export function readResp(bytes: ArrayBuffer): RespValue {
  const reader = new Reader(bytes)
  const value = reader.value(0)
  return value === null ? respError('cannot parse the redis response') : value
}

class Reader {
  private position: i32 = 0

  constructor(private readonly bytes: ArrayBuffer) {}

  /** Null if the bytes end too early, or are not RESP. */
  value(depth: i32): RespValue | null {
    if (depth > MAX_DEPTH || this.position >= this.bytes.byteLength) return null
    const type = <RespType>load<u8>(at(this.bytes) + this.position++)
    const line = this.line()
    if (line === null) return null
    switch (type) {
      case RespType.SimpleString:
      case RespType.Error:
        return new RespValue(type, line)
      case RespType.Integer:
        return isInteger(textOf(line)) ? new RespValue(type, line) : null
      case RespType.BulkString:
        return this.bulk(textOf(line))
      case RespType.Array:
        return this.list(textOf(line), depth)
      default:
        return null
    }
  }

  private bulk(length: string): RespValue | null {
    if (!isInteger(length)) return null
    const size = <i32>I32.parseInt(length)
    if (size < 0) return new RespValue(RespType.BulkString, NO_BYTES, NO_VALUES, true)
    const start = this.position
    if (size > this.bytes.byteLength - start - 2) return null
    this.position += size + 2
    return new RespValue(RespType.BulkString, this.bytes.slice(start, start + size))
  }

  private list(length: string, depth: i32): RespValue | null {
    if (!isInteger(length)) return null
    const count = <i32>I32.parseInt(length)
    if (count < 0) return new RespValue(RespType.Array, NO_BYTES, NO_VALUES, true)
    const values = new Array<RespValue>()
    for (let i = 0; i < count; i++) {
      const value = this.value(depth + 1)
      if (value === null) return null
      values.push(value)
    }
    return new RespValue(RespType.Array, NO_BYTES, values)
  }

  /** Up to the line's end, which it passes. */
  private line(): ArrayBuffer | null {
    const start = this.position
    for (let i = start; i + 1 < this.bytes.byteLength; i++) {
      if (load<u16>(at(this.bytes) + i) != 0x0a0d) continue
      this.position = i + 2
      return this.bytes.slice(start, i)
    }
    return null
  }
}

function isInteger(text: string): bool {
  const sign = text.startsWith('-') ? 1 : 0
  if (text.length == sign || text.length > 19 + sign) return false
  for (let i = sign; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c < 0x30 || c > 0x39) return false
  }
  return true
}
