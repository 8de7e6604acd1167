/** 53 bits over names and contents: tells whether two sets of sources are the same text. Not for security. */
export function fingerprint(sources: Readonly<Record<string, string>>): string {
  let low = 0xdeadbeef
  let high = 0x41c6ce57
  const mix = (text: string) => {
    for (let at = 0; at < text.length; at += 1) {
      const unit = text.charCodeAt(at)
      low = Math.imul(low ^ unit, 2654435761)
      high = Math.imul(high ^ unit, 1597334677)
    }
    low = Math.imul(low ^ (text.length + 1), 2246822507)
    high = Math.imul(high ^ (text.length + 1), 3266489909)
  }
  for (const name of Object.keys(sources).sort()) {
    mix(name)
    mix(sources[name] ?? '')
  }
  return `${(high >>> 0).toString(36)}.${(low >>> 0).toString(36)}`
}
