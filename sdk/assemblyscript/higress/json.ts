import { skipSpace, skipString, skipValue, unquote } from './json-scan'

/** What kind of value a `Json` is. */
export enum JsonType {
  Missing = 0,
  Null = 1,
  False = 2,
  True = 3,
  Number = 4,
  String = 5,
  Array = 6,
  Object = 7,
}

/**
 * A JSON value read in place, in the manner of Go's gjson: `json.Get('a.b.0').String()`. A path that leads nowhere gives
 * a value whose `Exists()` is false and which reads as '', 0 or false. In a path `\.` is a dot inside a key and `#` the
 * length of an array; gjson's wildcards, queries and modifiers are not there.
 */
export class Json {
  constructor(
    /** The value as it stands in the text; '' if missing. */
    readonly Raw: string,
  ) {}

  /** Reads a text. Anything that is no JSON gives a missing value: ask `Exists()`. */
  static Parse(text: string): Json {
    const start = skipSpace(text, 0)
    const end = skipValue(text, start)
    if (end < 0 || skipSpace(text, end) != text.length) return new Json('')
    return new Json(text.substring(start, end))
  }

  /** True for one complete JSON value. */
  static Valid(text: string): bool {
    return Json.Parse(text).Exists()
  }

  get Type(): JsonType {
    if (this.Raw.length == 0) return JsonType.Missing
    const c = this.Raw.charCodeAt(0)
    if (c == 0x7b) return JsonType.Object
    if (c == 0x5b) return JsonType.Array
    if (c == 0x22) return JsonType.String
    if (c == 0x74) return JsonType.True
    if (c == 0x66) return JsonType.False
    if (c == 0x6e) return JsonType.Null
    return JsonType.Number
  }

  Exists(): bool {
    return this.Raw.length > 0
  }
  IsObject(): bool {
    return this.Type == JsonType.Object
  }
  IsArray(): bool {
    return this.Type == JsonType.Array
  }

  /** A value by path. */
  Get(path: string): Json {
    let value: Json = this
    let rest = path
    while (rest.length > 0 && value.Exists()) {
      const dot = dotIn(rest)
      const key = (dot < 0 ? rest : rest.substring(0, dot)).replaceAll('\\.', '.')
      rest = dot < 0 ? '' : rest.substring(dot + 1)
      value = value.Member(key)
    }
    return value
  }

  /** A member of an object by its exact key, or of an array by its index (`#`: the length). */
  Member(key: string): Json {
    if (this.IsArray()) {
      const items = this.Array()
      if (key == '#') return new Json(items.length.toString())
      const index = <i32>parseInt(key)
      return key.length > 0 && isDigits(key) && index < items.length ? items[index] : new Json('')
    }
    if (!this.IsObject()) return new Json('')
    const raw = this.Raw
    let at = skipSpace(raw, 1)
    while (at < raw.length && raw.charCodeAt(at) == 0x22) {
      const keyEnd = skipString(raw, at)
      const start = skipSpace(raw, skipSpace(raw, keyEnd) + 1)
      const end = skipValue(raw, start)
      if (unquote(raw, at, keyEnd) == key) return new Json(raw.substring(start, end))
      at = skipSpace(raw, skipSpace(raw, end) + 1)
    }
    return new Json('')
  }

  /** The keys of an object in order. */
  Keys(): string[] {
    const keys = new Array<string>()
    if (!this.IsObject()) return keys
    const raw = this.Raw
    let at = skipSpace(raw, 1)
    while (at < raw.length && raw.charCodeAt(at) == 0x22) {
      const keyEnd = skipString(raw, at)
      keys.push(unquote(raw, at, keyEnd))
      const end = skipValue(raw, skipSpace(raw, skipSpace(raw, keyEnd) + 1))
      at = skipSpace(raw, skipSpace(raw, end) + 1)
    }
    return keys
  }

  /** The items of an array. As in gjson a single value is an array of itself, and a missing one or null is empty. */
  Array(): Json[] {
    const items = new Array<Json>()
    const type = this.Type
    if (type == JsonType.Missing || type == JsonType.Null) return items
    if (type != JsonType.Array) {
      items.push(this)
      return items
    }
    const raw = this.Raw
    let at = skipSpace(raw, 1)
    while (at < raw.length && raw.charCodeAt(at) != 0x5d) {
      const end = skipValue(raw, at)
      items.push(new Json(raw.substring(at, end)))
      at = skipSpace(raw, end)
      if (at < raw.length && raw.charCodeAt(at) == 0x2c) at = skipSpace(raw, at + 1)
    }
    return items
  }

  /** Text of a string; of any other value its JSON; '' for null and missing. */
  String(): string {
    const type = this.Type
    if (type == JsonType.String) return unquote(this.Raw, 0, this.Raw.length)
    return type == JsonType.Null ? '' : this.Raw
  }

  Bool(): bool {
    const type = this.Type
    if (type == JsonType.True) return true
    if (type == JsonType.Number) return this.Float() != 0
    if (type != JsonType.String) return false
    const text = this.String().toLowerCase()
    return text == 'true' || text == 't' || text == '1'
  }

  Int(): i64 {
    const text = this.numberText()
    const whole = text.startsWith('-') ? text.substring(1) : text
    return isDigits(whole) && whole.length < 19 ? I64.parseInt(text) : <i64>this.Float()
  }

  Float(): f64 {
    const value = F64.parseFloat(this.numberText())
    return isNaN(value) ? 0 : value
  }

  private numberText(): string {
    const type = this.Type
    if (type == JsonType.Number || type == JsonType.String) return this.String()
    return type == JsonType.True ? '1' : '0'
  }
}

function dotIn(path: string): i32 {
  for (let i = 0; i < path.length; i++) {
    if (path.charCodeAt(i) == 0x5c) i++
    else if (path.charCodeAt(i) == 0x2e) return i
  }
  return -1
}

function isDigits(text: string): bool {
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c < 0x30 || c > 0x39) return false
  }
  return text.length > 0
}
