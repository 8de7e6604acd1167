import type { z } from 'zod'
import { itemSchemas } from './named-entries.ts'
import { nearestName } from './nearest.ts'
import { wasmPluginSpecSchema } from './plugin-schema.ts'
import { type Fault, fault, type ProblemCode, type ProjectProblem, problemAt, problemText, shown } from './problem.ts'
import type { YamlDocument, YamlPath } from './yaml-document.ts'

type Issue = z.core.$ZodIssue

/** zod's issues as problems with the place in the YAML text. */
export function problemsOf(
  document: YamlDocument,
  schema: z.ZodType,
  issues: readonly Issue[],
  base: YamlPath = [],
): readonly ProjectProblem[] {
  return issues.flatMap((issue) =>
    problemsOfIssue(document, schema, innermost(issue), [...base, ...yamlPath(issue.path)]),
  )
}

const yamlPath = (path: readonly PropertyKey[]): YamlPath =>
  path.map((step) => (typeof step === 'symbol' ? String(step) : step))

/** `namedEntries` wraps the issues of its values. */
function innermost(issue: Issue): Issue {
  const nested: unknown = issue.code === 'custom' ? issue.params?.nested : undefined
  return isIssue(nested) ? innermost(nested) : issue
}

const isIssue = (value: unknown): value is Issue => typeof value === 'object' && value !== null && 'code' in value

function problemsOfIssue(
  document: YamlDocument,
  schema: z.ZodType,
  issue: Issue,
  path: YamlPath,
): readonly ProjectProblem[] {
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schema, path, document.value)
    return issue.keys.map((key) =>
      problemAt(document.place([...path, key], 'key'), ofPluginFile(document, path, key) ?? unknownKey(key, known)),
    )
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const closest = closestBranch(issue.errors)
    return closest.flatMap((inner) =>
      problemsOfIssue(document, schema, innermost(inner), [...path, ...yamlPath(inner.path)]),
    )
  }
  const value = valueAt(document.value, path)
  const missing = value === undefined && path.length > 0
  if (missing) {
    const key = String(path.at(-1))
    const parent = path.slice(0, -1)
    return [problemAt(document.place(parent, 'key'), fault('problem.missingKey', { key }))]
  }
  return [problemAt(document.place(path), faultOf(issue, value))]
}

/** What a plugin is told, written where plugins are listed: many look for it there. */
const keysOfPluginFile = new Set(['config', 'configuration', ...Object.keys(wasmPluginSpecSchema.shape)])

function ofPluginFile(document: YamlDocument, path: YamlPath, key: string): Fault | undefined {
  const [list, index, ...rest] = path
  if (list !== 'plugins' || index === undefined || rest.length > 0 || !keysOfPluginFile.has(key)) return undefined
  const name = valueAt(document.value, [...path, 'name'])
  const folder = typeof name === 'string' && name.length <= 60 ? name : 'NAME'
  const written = key === 'config' || key === 'configuration' ? 'defaultConfig' : key
  return fault('problem.keyOfPluginFile', { key, written, file: `plugins/${folder}/plugin.yaml` })
}

export function unknownKey(key: string, known: readonly string[]): Fault {
  const nearest = nearestName(key, known)
  if (nearest !== undefined) return fault('problem.unknownKeyNearest', { key, nearest })
  return known.length > 0
    ? fault('problem.unknownKeyKnown', { key, known: known.join(', ') })
    : fault('problem.unknownKey', { key })
}

function faultOf(issue: Issue, value: unknown): Fault {
  const actual = shown(value)
  switch (issue.code) {
    case 'custom': {
      const { fault: code, ...params } = issue.params ?? {}
      return isProblemCode(code) ? fault(code, params) : fault('problem.wrongType', { expected: issue.message, actual })
    }
    case 'invalid_value':
      return fault('problem.wrongChoice', { choices: issue.values.map(String).join(', '), actual })
    case 'invalid_union': {
      const choices = 'options' in issue && Array.isArray(issue.options) ? issue.options.map(String).join(', ') : ''
      return choices
        ? fault('problem.wrongChoice', { choices, actual })
        : fault('problem.wrongType', { expected: 'another form', actual })
    }
    case 'too_small':
      return fault('problem.outOfRange', { expected: `at least ${issue.minimum}${unitOf(issue.origin)}`, actual })
    case 'too_big':
      return fault('problem.outOfRange', { expected: `at most ${issue.maximum}${unitOf(issue.origin)}`, actual })
    case 'invalid_type':
      return fault('problem.wrongType', { expected: typeWords[issue.expected] ?? issue.expected, actual })
    default:
      return fault('problem.wrongType', { expected: issue.message, actual })
  }
}

const unitOf = (origin: string): string => (origin === 'array' ? ' entries' : origin === 'string' ? ' characters' : '')

const typeWords: Readonly<Record<string, string>> = {
  object: 'a map',
  record: 'a map',
  array: 'a list',
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  null: 'null',
}

const isProblemCode = (code: unknown): code is ProblemCode =>
  typeof code === 'string' && Object.hasOwn(problemText, code)

/** Of a union's branches, the one that got furthest: its first issue lies deepest, or it has the fewest. */
function closestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] {
  const depth = (issues: readonly Issue[]): number => Math.max(0, ...issues.map(({ path }) => path.length))
  return [...branches].sort((a, b) => depth(b) - depth(a) || a.length - b.length)[0] ?? []
}

function valueAt(value: unknown, path: YamlPath): unknown {
  let current = value
  for (const step of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, step)) return undefined
    current = Object.getOwnPropertyDescriptor(current, step)?.value
  }
  return current
}

type Def = {
  readonly type: string
  readonly shape?: Readonly<Record<string, unknown>>
  readonly innerType?: unknown
  readonly in?: unknown
  readonly element?: unknown
  readonly options?: readonly unknown[]
}

/** The keys a map at this path may have, found by walking the schema beside the value. */
function knownKeys(schema: unknown, path: YamlPath, value: unknown): readonly string[] {
  return [...new Set(schemasAt(schema, path, value).flatMap((found) => Object.keys(defOf(found)?.shape ?? {})))]
}

const isDef = (value: unknown): value is Def => typeof value === 'object' && value !== null && 'type' in value

function defOf(schema: unknown): Def | undefined {
  const def: unknown = typeof schema === 'object' && schema !== null && 'def' in schema ? schema.def : undefined
  return isDef(def) ? def : undefined
}

function schemasAt(schema: unknown, path: YamlPath, value: unknown): readonly unknown[] {
  const def = defOf(schema)
  if (!def) return []
  const entries = typeof schema === 'object' && schema !== null ? itemSchemas.get(schema) : undefined
  if (entries) return path.length === 0 ? [] : schemasAt(entries, path.slice(1), valueAt(value, path.slice(0, 1)))
  if (def.innerType !== undefined) return schemasAt(def.innerType, path, value)
  if (def.in !== undefined) return schemasAt(def.in, path, value)
  if (def.options)
    return def.options.filter((option) => fits(option, value)).flatMap((option) => schemasAt(option, path, value))
  const [step, ...rest] = path
  if (step === undefined) return [schema]
  const next = def.element ?? (def.shape && Object.hasOwn(def.shape, step) ? def.shape[step] : undefined)
  return schemasAt(next, rest, valueAt(value, [step]))
}

/** Whether a branch's literal keys (`kind: fixed`) agree with the value. */
function fits(option: unknown, value: unknown): boolean {
  return Object.entries(defOf(option)?.shape ?? {}).every(([key, schema]) => {
    const def = defOf(schema)
    if (def?.type !== 'literal' || !('values' in def) || !Array.isArray(def.values)) return true
    return def.values.includes(valueAt(value, [key]))
  })
}
