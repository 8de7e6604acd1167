/** Where the caret stands in a YAML text: the way of keys down to it, and whether a key or a value is due. */
export type YamlContext = {
  /** Keys from the top; `[]` for an item of a list. */
  readonly path: readonly string[]
  readonly at: 'key' | 'value'
  /** Keys already written in the same map. */
  readonly present: readonly string[]
  /** What was typed of the word so far. */
  readonly word: string
}

const keyLine = /^(\s*)((?:- +)*)(?:([\w.$|/-]+|"[^"]*"|'[^']*'):(?:\s|$))?/

type Line = {
  readonly indent: number
  readonly dashes: readonly number[]
  readonly key: string | undefined
  readonly keyAt: number
}

/** Reads the lines before the caret by their indentation. Wrong YAML gives a rough answer, never an error. */
export function yamlContext(text: string, offset: number): YamlContext {
  const before = text.slice(0, offset).split('\n')
  const current = before.at(-1) ?? ''
  const line = readLine(current)
  const rest = current.slice(line.keyAt)
  const flow = flowContext(line.key === undefined ? rest : rest.slice(rest.indexOf(':') + 1))
  const own = [...listItems(line), ...(line.key === undefined ? [] : [line.key])]
  const parent = parentPath(before.slice(0, -1), line)
  if (flow !== undefined) return { ...flow, path: [...parent, ...own, ...flow.path] }
  const word = /[\w.$|/-]*$/.exec(current)?.[0] ?? ''
  if (line.key !== undefined) return { path: [...parent, ...own], at: 'value', present: [], word }
  return { path: [...parent, ...own], at: 'key', present: siblings(text, before.length - 1, line.keyAt), word }
}

const listItems = (line: Line): readonly string[] => line.dashes.map(() => '[]')

function readLine(line: string): Line {
  const match = keyLine.exec(line)
  const spaces = match?.[1] ?? ''
  const marks = match?.[2] ?? ''
  const dashes = [...marks].flatMap((char, at) => (char === '-' ? [spaces.length + at] : []))
  const key = match?.[3]?.replace(/^["']|["']$/g, '')
  return { indent: spaces.length, dashes, key, keyAt: spaces.length + marks.length }
}

/** Keys of the lines above that enclose this one, outermost first. */
function parentPath(above: readonly string[], line: Line): readonly string[] {
  const path: string[] = []
  // A list may stand at the column of its key: only a line without a dash asks for a smaller indentation.
  let limit = line.dashes[0] ?? line.keyAt
  let inList = line.dashes.length > 0
  for (const text of [...above].reverse()) {
    if (/^\s*(?:#|$)/.test(text)) continue
    const candidate = readLine(text)
    const fits = candidate.keyAt < limit || (inList && candidate.dashes.length === 0 && candidate.keyAt === limit)
    if (candidate.key !== undefined && fits) {
      path.unshift(candidate.key)
      limit = candidate.keyAt
      inList = false
    }
    const outer = candidate.dashes[0]
    if (outer !== undefined && outer < limit) {
      path.unshift(...listItems(candidate))
      limit = outer
      inList = true
    }
    if (limit === 0 && !inList) break
  }
  return path
}

/** Inside `{ … }` or `[ … ]` on the line of the caret. */
function flowContext(text: string): Omit<YamlContext, never> | undefined {
  const stack: { open: string; key: string; present: string[] }[] = []
  let word = ''
  let key = ''
  for (const char of text.replace(/"[^"]*"|'[^']*'/g, (quoted) => '_'.repeat(quoted.length))) {
    const top = stack.at(-1)
    if (char === '{' || char === '[') {
      stack.push({ open: char, key, present: [] })
      key = ''
    } else if (char === '}' || char === ']') stack.pop()
    else if (char === ',') key = ''
    else if (char === ':' && top?.open === '{') {
      key = word
      top.present.push(word)
    }
    word = /[\w.$|/-]/.test(char) ? word + char : ''
  }
  const top = stack.at(-1)
  if (top === undefined) return undefined
  const path = stack.flatMap(({ open, key: outer }) => [
    ...(outer === '' ? [] : [outer]),
    ...(open === '[' ? ['[]'] : []),
  ])
  if (key !== '') return { path: [...path, key], at: 'value', present: [], word }
  return { path, at: top.open === '{' ? 'key' : 'value', present: top.present, word }
}

/** Keys at the same column in the same block. */
function siblings(text: string, row: number, column: number): readonly string[] {
  const lines = text.split('\n')
  const found: string[] = []
  const walk = (step: 1 | -1) => {
    for (let at = row + step; at >= 0 && at < lines.length; at += step) {
      const line = readLine(lines[at] ?? '')
      if (/^\s*(?:#|$)/.test(lines[at] ?? '')) continue
      if (line.keyAt < column) return
      if (step === 1 && line.keyAt === column && line.dashes.length > 0) return
      if (line.keyAt === column && line.key !== undefined) found.push(line.key)
      if (step === -1 && line.keyAt === column && line.dashes.length > 0) return
    }
  }
  walk(-1)
  walk(1)
  return found
}
