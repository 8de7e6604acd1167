const HEX = '0123456789abcdef'

/** A text as a JSON string, quotes included. */
export function QuoteJson(text: string): string {
  let result = '"'
  let plain = 0
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c != 0x22 && c != 0x5c && c >= 0x20) continue
    result += text.substring(plain, i) + escaped(c)
    plain = i + 1
  }
  return result + text.substring(plain) + '"'
}

function escaped(c: i32): string {
  if (c == 0x22) return '\\"'
  if (c == 0x5c) return '\\\\'
  if (c == 0x0a) return '\\n'
  if (c == 0x0d) return '\\r'
  if (c == 0x09) return '\\t'
  return '\\u00' + HEX.charAt(c >> 4) + HEX.charAt(c & 15)
}

/** Writes a JSON object: `new JsonObject().Set('code', 401).SetText('message', 'no token').toString()`. Keys keep their order. */
export class JsonObject {
  private keys: string[] = []
  private values: string[] = []

  SetText(key: string, value: string): JsonObject {
    return this.SetRaw(key, QuoteJson(value))
  }
  SetInt(key: string, value: i64): JsonObject {
    return this.SetRaw(key, value.toString())
  }
  SetFloat(key: string, value: f64): JsonObject {
    return this.SetRaw(key, isFinite(value) ? value.toString() : 'null')
  }
  SetBool(key: string, value: bool): JsonObject {
    return this.SetRaw(key, value ? 'true' : 'false')
  }
  /** A value that is JSON already. A key set before gets the new value at its old place. */
  SetRaw(key: string, json: string): JsonObject {
    const index = this.keys.indexOf(key)
    if (index >= 0) this.values[index] = json
    else {
      this.keys.push(key)
      this.values.push(json)
    }
    return this
  }
  toString(): string {
    let text = '{'
    for (let i = 0; i < this.keys.length; i++) {
      if (i > 0) text += ','
      text += QuoteJson(this.keys[i]) + ':' + this.values[i]
    }
    return text + '}'
  }
}
