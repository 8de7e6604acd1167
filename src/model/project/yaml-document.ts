import { type Document, isAlias, isMap, isPair, isScalar, isSeq, LineCounter, type Pair, parseDocument } from 'yaml'
import { entriesInOrder, isList, type OrderedEntry, orderedList, orderedMap } from './ordered.ts'
import { type Fault, fault, type Place, type ProjectProblem, problemAt } from './problem.ts'

/** Larger text is not a project file but an accident. */
const maxCharacters = 1_000_000
const maxDepth = 100
/** Values after every alias was expanded: a "billion laughs" document ends here. */
const maxValues = 200_000

export type YamlPath = readonly (string | number)[]

/** A parsed YAML text: its plain value, what is wrong with it, and where each value stands. */
export type YamlDocument = {
  readonly file: string
  /** `undefined` when the text is empty or unusable. */
  readonly value: unknown
  readonly problems: readonly ProjectProblem[]
  /** The place of a value; of its key with `key`; of the nearest parent when there is no such value. */
  place(path: YamlPath, part?: 'key' | 'value'): Place
}

/** Reads one YAML document. Never throws: whatever is wrong is a problem with line and column. */
export function readYaml(file: string, text: string): YamlDocument {
  const lines = new LineCounter()
  const at = (start: number, end: number): Place => placeOf(file, lines, start, end)
  const unusable = (what: Fault): YamlDocument => {
    const place = { file, line: 1, column: 1, endLine: 1, endColumn: 1 }
    return { file, value: undefined, problems: [problemAt(place, what)], place: () => place }
  }
  if (text.length > maxCharacters) return unusable(fault('problem.yamlTooLarge', { limit: maxCharacters }))
  let document: Document.Parsed
  try {
    document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false, logLevel: 'error' })
  } catch (error) {
    // The parser recurses: text like `[[[[…` ends its stack.
    if (error instanceof RangeError) return unusable(fault('problem.yamlTooDeep', { limit: maxDepth }))
    throw error
  }
  const syntax = [...document.errors, ...document.warnings].map(({ message, pos }) =>
    problemAt(at(pos[0], pos[1]), fault('problem.yamlSyntax', { detail: lowerFirst(message) })),
  )
  const converted = syntax.length > 0 ? { value: undefined, problems: [] } : convert(document, at)
  return {
    file,
    value: converted.value,
    problems: [...syntax, ...converted.problems],
    place: (path, part = 'value') => {
      const range = rangeOf(document, path, part)
      return at(range[0], range[1])
    },
  }
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

function placeOf(file: string, lines: LineCounter, start: number, end: number): Place {
  const from = lines.linePos(start)
  const to = lines.linePos(Math.max(start, end))
  return {
    file,
    line: Math.max(1, from.line),
    column: Math.max(1, from.col),
    endLine: Math.max(1, to.line),
    endColumn: Math.max(1, to.col),
  }
}

class Unusable extends Error {
  readonly what: Fault
  readonly range: readonly [number, number]
  constructor(what: Fault, range: readonly [number, number]) {
    super(what.code)
    this.what = what
    this.range = range
  }
}

type Converted = { readonly value: unknown; readonly size: number }

function convert(
  document: Document.Parsed,
  at: (start: number, end: number) => Place,
): { readonly value: unknown; readonly problems: readonly ProjectProblem[] } {
  const problems: ProjectProblem[] = []
  const anchors = new Map<string, Converted>()

  const visit = (node: unknown, depth: number): Converted => {
    const range = nodeRange(node) ?? [0, 0]
    if (depth > maxDepth) throw new Unusable(fault('problem.yamlTooDeep', { limit: maxDepth }), range)
    if (isAlias(node)) {
      const target = anchors.get(node.source)
      if (!target) throw new Unusable(fault('problem.unknownAlias', { name: node.source }), range)
      return target
    }
    const result = visitFresh(node, depth, range)
    if (result.size > maxValues) throw new Unusable(fault('problem.yamlAliases', { limit: maxValues }), range)
    if ((isMap(node) || isSeq(node) || isScalar(node)) && node.anchor !== undefined) anchors.set(node.anchor, result)
    return result
  }

  const visitFresh = (node: unknown, depth: number, range: readonly [number, number]): Converted => {
    if (isScalar(node)) {
      return { value: typeof node.value === 'bigint' ? Number(node.value) : node.value, size: 1 }
    }
    let size = 1
    const entries: OrderedEntry[] = []
    const add = (key: string, item: unknown): void => {
      const converted = visit(item, depth + 1)
      size += converted.size
      entries.push({ key, value: converted.value, source: isScalar(item) ? item.source : undefined })
    }
    if (isMap(node)) {
      // The library's own check for duplicates compares every key with every other.
      const seen = new Set<string>()
      for (const pair of node.items) {
        const key = keyText(pair)
        if (seen.has(key)) {
          const place = nodeRange(pair.key) ?? range
          problems.push(problemAt(at(place[0], place[1]), fault('problem.duplicateKey', { key })))
        } else add(key, pair.value)
        seen.add(key)
      }
      return { value: orderedMap(entries), size }
    }
    if (isSeq(node)) {
      for (const [index, item] of node.items.entries()) add(String(index), item)
      return { value: orderedList(entries), size }
    }
    return { value: null, size: 1 }
  }

  try {
    const value = document.contents === null ? undefined : visit(document.contents, 0).value
    return { value, problems }
  } catch (error) {
    if (!(error instanceof Unusable)) throw error
    return { value: undefined, problems: [...problems, problemAt(at(error.range[0], error.range[1]), error.what)] }
  }
}

function keyText(pair: Pair): string {
  const { key } = pair
  if (!isScalar(key)) throw new Unusable(fault('problem.complexKey'), nodeRange(key) ?? [0, 0])
  return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value))
}

function nodeRange(node: unknown): readonly [number, number] | undefined {
  if (!(isMap(node) || isSeq(node) || isScalar(node) || isAlias(node))) return undefined
  return node.range ? [node.range[0], node.range[1]] : undefined
}

/** Follows a path of keys and positions as far as it goes. */
function rangeOf(document: Document.Parsed, path: YamlPath, part: 'key' | 'value'): readonly [number, number] {
  let node: unknown = document.contents
  let range = nodeRange(node) ?? [0, 0]
  // A whole map as range would underline the file: a map is shown by its first line's start.
  for (const [index, step] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document)
    if (isMap(node)) {
      const pair = node.items.find((item) => isPair(item) && isScalar(item.key) && keyText(item) === String(step))
      if (!pair) return range
      const last = index === path.length - 1
      range = (last && part === 'key' ? nodeRange(pair.key) : (nodeRange(pair.value) ?? nodeRange(pair.key))) ?? range
      node = pair.value
    } else if (isSeq(node)) {
      const item: unknown = node.items[Number(step)]
      if (item === undefined) return range
      range = nodeRange(item) ?? range
      node = item
    } else return range
  }
  return range
}

/** Every text and place of a value below a path, for searches such as the one for secrets. */
export function* textsIn(value: unknown, path: YamlPath = []): Generator<{ path: YamlPath; text: string }> {
  if (typeof value === 'string' || typeof value === 'number') yield { path, text: String(value) }
  else if (typeof value === 'object' && value !== null) {
    for (const entry of entriesInOrder(value))
      yield* textsIn(entry.value, [...path, isList(value) ? Number(entry.key) : entry.key])
  }
}
