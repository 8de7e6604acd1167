import {
  type Document,
  isMap,
  isPair,
  isScalar,
  LineCounter,
  type Pair,
  parseDocument,
  visit,
  type YAMLMap,
} from 'yaml'
import { yamlText } from '../store/yaml-text.ts'

/** The services (clusters) of `proxyground.yaml` as its form shows them. The text stays the truth: every edit is one of it. */
export type Service = {
  /** The cluster's full name, e.g. `outbound|80||auth.dns`. */
  readonly name: string
  /** '' when none is written, or something that is no text. */
  readonly kind: string
  /** As written, without defaults. */
  readonly written: Readonly<Record<string, unknown>>
  /** The first and last line in the file, from 1; absent for the httpbin that is there by itself. */
  readonly lines?: { readonly from: number; readonly to: number }
}

/** A place within a service: `['faults', 0, 'kind']`. */
export type FieldPath = readonly (string | number)[]

const base = ['gateway', 'clusters']

/** Undefined where the text is no YAML, or writes its clusters in a way that a form cannot show. */
export function readServices(yaml: string): readonly Service[] | undefined {
  const lines = new LineCounter()
  const document = parseDocument(yaml, { lineCounter: lines })
  if (document.errors.length > 0) return undefined
  const written = document.getIn(base)
  if (written !== undefined && written !== null && !isMap(written)) return undefined
  const services = (written?.items ?? []).map((pair): Service => {
    const value: unknown = document.getIn([...base, keyOf(pair)])
    const fields = isMap(value) ? record(value.toJSON()) : {}
    return {
      name: keyOf(pair),
      kind: typeof fields.kind === 'string' ? fields.kind : '',
      written: fields,
      lines: linesOf(pair, lines),
    }
  })
  const own = services.some(({ name }) => name === 'httpbin')
  return own ? services : [...services, { name: 'httpbin', kind: 'httpbin', written: { kind: 'httpbin' } }]
}

/** The same text with one field of a service set, or with `undefined` taken away. Comments and the rest stay. */
export function setField(yaml: string, name: string, path: FieldPath, value: unknown): string {
  const document = withService(yaml, name)
  const place = [...base, name, ...path]
  if (value === undefined) {
    if (document.hasIn(place)) document.deleteIn(place)
    dropEmpty(document, place)
  } else {
    document.setIn(place, document.createNode(value, { flow: true }))
  }
  return yamlText(document)
}

/** A service with these fields; one of that name is replaced. */
export function putService(yaml: string, name: string, fields: Readonly<Record<string, unknown>>): string {
  const document = parseDocument(yaml)
  document.setIn([...base, name], document.createNode(fields, { flow: !hasList(fields) }))
  return yamlText(document)
}

export function removeService(yaml: string, name: string): string {
  const document = parseDocument(yaml)
  const place = [...base, name]
  document.deleteIn(place)
  dropEmpty(document, place)
  return yamlText(document)
}

/**
 * The same project or scenario file with a service renamed: its key, and whatever says `cluster: FROM` (routes, weights,
 * faults, expectations).
 */
export function renameService(yaml: string, from: string, to: string): string {
  const document = parseDocument(yaml)
  if (document.errors.length > 0) return yaml
  let changed = false
  visit(document, {
    Pair(_key, pair) {
      if (!isScalar(pair.key) || pair.key.value !== 'cluster' || !isScalar(pair.value) || pair.value.value !== from)
        return
      pair.value.value = to
      changed = true
    },
  })
  const clusters = document.getIn(base)
  for (const pair of isMap(clusters) ? clusters.items : []) {
    if (keyOf(pair) !== from || !isScalar(pair.key)) continue
    pair.key.value = to
    changed = true
  }
  return changed ? yamlText(document) : yaml
}

/** A scenario with a step that breaks a service from there on, at its end. */
export function addFaultStep(yaml: string, cluster: string, kind: string): string {
  const document = parseDocument(yaml)
  if (document.get('steps') === undefined) document.set('steps', document.createNode([]))
  const step = document.createNode({ fault: { cluster, kind } })
  const inner = step.get('fault')
  if (isMap(inner)) inner.flow = true
  document.addIn(['steps'], step)
  return yamlText(document)
}

/** The text's services with this one among them: the httpbin that is there by itself is written down at its first edit. */
function withService(yaml: string, name: string): Document {
  const document = parseDocument(yaml)
  if (!document.hasIn([...base, name]))
    document.setIn([...base, name], document.createNode({ kind: 'httpbin' }, { flow: true }))
  return document
}

/** A list or map that lost its last entry goes too: `faults: []` says nothing. */
function dropEmpty(document: Document, place: readonly (string | number)[]): void {
  const parent = place.slice(0, -1)
  if (parent.length < 2) return
  const node: unknown = document.getIn(parent)
  const items = typeof node === 'object' && node !== null && 'items' in node ? node.items : undefined
  if (!Array.isArray(items) || items.length > 0) return
  document.deleteIn(parent)
  dropEmpty(document, parent)
}

const hasList = (fields: Readonly<Record<string, unknown>>): boolean =>
  Object.values(fields).some((value) => typeof value === 'object' && value !== null)

const keyOf = (pair: Pair): string => (isScalar(pair.key) ? String(pair.key.value) : '')

function linesOf(pair: Pair, lines: LineCounter): { readonly from: number; readonly to: number } {
  const start = isScalar(pair.key) ? (pair.key.range?.[0] ?? 0) : 0
  const end = rangeOf(pair.value)?.[1] ?? start
  return { from: lines.linePos(start).line, to: lines.linePos(Math.max(start, end - 1)).line }
}

const rangeOf = (node: unknown): YAMLMap['range'] =>
  isMap(node) || isScalar(node) ? node.range : isPair(node) ? rangeOf(node.value) : undefined

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
