/** Walks JSON text without building anything. Positions are UTF-16 offsets; -1 means that the text is no JSON there. */

const MAX_DEPTH: i32 = 200

export function skipSpace(text: string, at: i32): i32 {
  while (at < text.length) {
    const c = text.charCodeAt(at)
    if (c != 0x20 && c != 0x0a && c != 0x0d && c != 0x09) break
    at++
  }
  return at
}

/** The end of the value that begins at `at`, strictly checked. */
export function skipValue(text: string, at: i32, depth: i32 = 0): i32 {
  if (at < 0 || at >= text.length || depth > MAX_DEPTH) return -1
  const c = text.charCodeAt(at)
  if (c == 0x7b) return skipMembers(text, at, 0x7d, true, depth)
  if (c == 0x5b) return skipMembers(text, at, 0x5d, false, depth)
  if (c == 0x22) return skipString(text, at)
  if (c == 0x74) return skipWord(text, at, 'true')
  if (c == 0x66) return skipWord(text, at, 'false')
  if (c == 0x6e) return skipWord(text, at, 'null')
  return skipNumber(text, at)
}

function skipMembers(text: string, at: i32, close: i32, keys: bool, depth: i32): i32 {
  at = skipSpace(text, at + 1)
  if (at < text.length && text.charCodeAt(at) == close) return at + 1
  while (at < text.length) {
    if (keys) {
      at = skipString(text, at)
      if (at < 0) return -1
      at = skipSpace(text, at)
      if (at >= text.length || text.charCodeAt(at) != 0x3a) return -1
      at = skipSpace(text, at + 1)
    }
    at = skipValue(text, at, depth + 1)
    if (at < 0) return -1
    at = skipSpace(text, at)
    if (at >= text.length) return -1
    const c = text.charCodeAt(at)
    if (c == close) return at + 1
    if (c != 0x2c) return -1
    at = skipSpace(text, at + 1)
  }
  return -1
}

export function skipString(text: string, at: i32): i32 {
  if (at >= text.length || text.charCodeAt(at) != 0x22) return -1
  at++
  while (at < text.length) {
    const c = text.charCodeAt(at)
    if (c == 0x22) return at + 1
    if (c < 0x20) return -1
    if (c == 0x5c) {
      const escape = at + 1 < text.length ? text.charCodeAt(at + 1) : 0
      if (escape == 0x75) {
        if (!isHex(text, at + 2)) return -1
        at += 6
        continue
      }
      if ('"\\/bfnrt'.indexOf(String.fromCharCode(escape)) < 0) return -1
      at += 2
      continue
    }
    at++
  }
  return -1
}

function isHex(text: string, at: i32): bool {
  if (at + 4 > text.length) return false
  for (let i = at; i < at + 4; i++) {
    const c = text.charCodeAt(i)
    const digit = (c >= 0x30 && c <= 0x39) || (c >= 0x41 && c <= 0x46) || (c >= 0x61 && c <= 0x66)
    if (!digit) return false
  }
  return true
}

function skipWord(text: string, at: i32, word: string): i32 {
  return text.substr(at, word.length) == word ? at + word.length : -1
}

function digits(text: string, at: i32): i32 {
  while (at < text.length && text.charCodeAt(at) >= 0x30 && text.charCodeAt(at) <= 0x39) at++
  return at
}

function skipNumber(text: string, at: i32): i32 {
  if (text.charCodeAt(at) == 0x2d) at++
  if (at >= text.length) return -1
  const first = at
  at = digits(text, at)
  if (at == first || (text.charCodeAt(first) == 0x30 && at > first + 1)) return -1
  if (at < text.length && text.charCodeAt(at) == 0x2e) {
    const fraction = at + 1
    at = digits(text, fraction)
    if (at == fraction) return -1
  }
  if (at < text.length && (text.charCodeAt(at) | 0x20) == 0x65) {
    at++
    if (at < text.length && (text.charCodeAt(at) == 0x2b || text.charCodeAt(at) == 0x2d)) at++
    const exponent = at
    at = digits(text, exponent)
    if (at == exponent) return -1
  }
  return at
}

/** The text of a string value without quotes and escapes; `at` and `end` as `skipString` saw them. */
export function unquote(text: string, at: i32, end: i32): string {
  const inner = text.substring(at + 1, end - 1)
  if (inner.indexOf('\\') < 0) return inner
  let result = ''
  let plain = 0
  for (let i = 0; i < inner.length; i++) {
    if (inner.charCodeAt(i) != 0x5c) continue
    result += inner.substring(plain, i)
    const escape = inner.charCodeAt(i + 1)
    if (escape == 0x75) {
      result += String.fromCharCode(<i32>parseInt(inner.substr(i + 2, 4), 16))
      i += 5
    } else {
      result += unescaped(escape)
      i++
    }
    plain = i + 1
  }
  return result + inner.substring(plain)
}

function unescaped(c: i32): string {
  if (c == 0x62) return '\b'
  if (c == 0x66) return '\f'
  if (c == 0x6e) return '\n'
  if (c == 0x72) return '\r'
  if (c == 0x74) return '\t'
  return String.fromCharCode(c)
}
