/** The text of a flat JSON object cut behind each comma between its fields; undefined for any other text. */
export function jsonFields(line: string): readonly string[] | undefined {
  if (!/^\{.*\}$/s.test(line)) return undefined
  const fields: string[] = []
  let depth = 0
  let start = 0
  for (const { 0: token, index } of line.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],]/gs)) {
    if (token === '{' || token === '[') depth++
    else if (token === '}' || token === ']') depth--
    else if (token === ',' && depth === 1) {
      fields.push(line.slice(start, index + 1))
      start = index + 1
    }
  }
  fields.push(line.slice(start))
  return fields
}
