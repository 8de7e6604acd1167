import { isMap, isScalar, isSeq, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml'

/** Edits of the `plugins:` list in `proxyground.yaml` as text, so that comments and layout of the user stay. */
export function addPlugin(yaml: string, name: string, language: string, sdk?: string): string {
  const entry = `{ name: ${name}, language: ${language}${sdk === undefined ? '' : `, sdk: ${sdk}`} }`
  const seq = pluginSeq(yaml)
  const last = seq?.items.at(-1)
  if (seq === undefined || seq.range == null) {
    const emptyKey = /^plugins:[ \t]*$/m
    if (emptyKey.test(yaml)) return yaml.replace(emptyKey, () => `plugins:\n  - ${entry}`)
    return `${yaml}${yaml === '' || yaml.endsWith('\n') ? '' : '\n'}plugins:\n  - ${entry}\n`
  }
  if (last === undefined)
    return splice(yaml, seq.range[0], seq.range[1], `\n  - ${entry}`).replace(/^plugins: \n/m, 'plugins:\n')
  const end = nodeRange(last)[1]
  if (seq.flow === true) return splice(yaml, end, end, `, ${entry}`)
  const at = trimBack(yaml, end)
  return splice(yaml, at, at, `\n${dashIndent(yaml, nodeRange(seq.items[0])[0])}- ${entry}`)
}

export function removePlugin(yaml: string, name: string): string {
  const seq = pluginSeq(yaml)
  const index = seq?.items.findIndex((item) => isMap(item) && item.get('name') === name) ?? -1
  const item = seq?.items[index]
  if (seq === undefined || item === undefined || seq.range == null) return yaml
  if (seq.items.length === 1)
    return splice(yaml, seq.range[0], trimBack(yaml, seq.range[1]), '[]').replace(/^plugins:\s*\[\]/m, 'plugins: []')
  const [start, end] = nodeRange(item)
  if (seq.flow === true) {
    const next = seq.items[index + 1]
    const previous = seq.items[index - 1]
    if (next !== undefined) return splice(yaml, start, nodeRange(next)[0], '')
    return previous === undefined ? yaml : splice(yaml, nodeRange(previous)[1], end, '')
  }
  const lineStart = yaml.lastIndexOf('\n', start - 1) + 1
  const lineEnd = yaml.indexOf('\n', trimBack(yaml, end))
  return splice(yaml, lineStart, lineEnd < 0 ? yaml.length : lineEnd + 1, '')
}

export function renamePlugin(yaml: string, from: string, to: string): string {
  const item = pluginSeq(yaml)?.items.find((entry): entry is YAMLMap => isMap(entry) && entry.get('name') === from)
  const value = item?.get('name', true)
  if (!isScalar(value) || value.range == null) return yaml
  return splice(yaml, value.range[0], value.range[1], to)
}

function pluginSeq(yaml: string): YAMLSeq | undefined {
  const document = parseDocument(yaml)
  if (!isMap(document.contents)) return undefined
  const node = document.get('plugins', true)
  return isSeq(node) ? node : undefined
}

function nodeRange(node: unknown): readonly [start: number, end: number] {
  const range = isMap(node) || isScalar(node) || isSeq(node) ? node.range : undefined
  return range == null ? [0, 0] : [range[0], range[1]]
}

function dashIndent(yaml: string, at: number): string {
  const line = yaml.slice(yaml.lastIndexOf('\n', at - 1) + 1, at)
  return /^\s*/.exec(line)?.[0] ?? '  '
}

const trimBack = (text: string, end: number): number => text.slice(0, end).trimEnd().length
const splice = (text: string, from: number, to: number, middle: string): string =>
  text.slice(0, from) + middle + text.slice(to)
