import type { YamlContext } from './context.ts'

export type JsonSchema = Readonly<Record<string, unknown>>
export type Suggestion = {
  readonly label: string
  readonly insert: string
  readonly kind: 'key' | 'value'
  readonly detail: string
}

/** Keys or values that the schema knows at this place. */
export function suggest(root: JsonSchema, context: YamlContext): readonly Suggestion[] {
  const here = context.path.reduce<readonly JsonSchema[]>(
    (schemas, step) => schemas.flatMap((schema) => child(root, schema, step)),
    expand(root, root),
  )
  const found =
    context.at === 'key' ? here.flatMap((schema) => keys(root, schema, context.present)) : here.flatMap(values)
  return [...new Map(found.map((suggestion) => [suggestion.label, suggestion])).values()]
}

/** A schema with its references followed and its alternatives laid side by side. */
function expand(root: JsonSchema, schema: unknown, depth = 0): readonly JsonSchema[] {
  if (!isRecord(schema) || depth > 8) return []
  const reference = schema.$ref
  if (typeof reference === 'string') return expand(root, resolve(root, reference), depth + 1)
  const branches = ['anyOf', 'oneOf', 'allOf'].flatMap((name) => {
    const list = schema[name]
    return Array.isArray(list) ? list.flatMap((branch) => expand(root, branch, depth + 1)) : []
  })
  return [schema, ...branches]
}

function resolve(root: JsonSchema, reference: string): unknown {
  return reference
    .replace(/^#\/?/, '')
    .split('/')
    .reduce<unknown>((node, step) => (step === '' ? node : isRecord(node) ? node[step] : undefined), root)
}

function child(root: JsonSchema, schema: JsonSchema, step: string): readonly JsonSchema[] {
  if (step === '[]') {
    const items = schema.items
    return (Array.isArray(items) ? items : [items]).flatMap((item) => expand(root, item))
  }
  const properties = schema.properties
  if (isRecord(properties) && Object.hasOwn(properties, step)) return expand(root, properties[step])
  return expand(root, schema.additionalProperties)
}

function keys(root: JsonSchema, schema: JsonSchema, present: readonly string[]): readonly Suggestion[] {
  const properties = schema.properties
  if (!isRecord(properties)) return []
  return Object.entries(properties)
    .filter(([name]) => !present.includes(name))
    .map(([name, property]) => {
      const [first] = expand(root, property)
      const description = first?.description
      return {
        label: name,
        insert: `${name}: `,
        kind: 'key',
        detail: typeof description === 'string' ? description : typeText(first),
      }
    })
}

function values(schema: JsonSchema): readonly Suggestion[] {
  const listed: readonly unknown[] = Array.isArray(schema.enum) ? schema.enum : 'const' in schema ? [schema.const] : []
  const all = schema.type === 'boolean' ? [true, false] : listed
  return all.map((value) => ({ label: String(value), insert: String(value), kind: 'value', detail: '' }))
}

function typeText(schema: JsonSchema | undefined): string {
  const type = schema?.type
  return typeof type === 'string' ? type : ''
}

const isRecord = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
