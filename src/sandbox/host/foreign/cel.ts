/** CEL expressions over the attributes of a context, by the rules of Envoy's cel-cpp (recorded: conformance/foreign-cases.ts). */
import {
  type CelInput,
  type CelValue,
  celEnv,
  celMap,
  celUint,
  isCelError,
  isCelList,
  isCelMap,
  isCelUint,
  parse,
  plan,
} from '@bufbuild/cel'
import { create } from '@bufbuild/protobuf'
import { isReflectMessage } from '@bufbuild/protobuf/reflect'
import { DurationSchema, TimestampSchema } from '@bufbuild/protobuf/wkt'
import type { HeaderList } from '../../../model/http.ts'
import { encodePairs } from '../../abi/pairs.ts'
import type { AttributeValue } from '../../vm/seam.ts'
import { int64 } from '../attributes.ts'
import { calledFunctions } from './cel-functions.ts'

/** Reads an attribute of the context that evaluates. */
export type ReadAttribute = (path: readonly string[]) => AttributeValue

export type CelProgram = {
  /** The value as bytes, as properties are serialised (5.2); or why there is none. */
  evaluate(read: ReadAttribute): { readonly value: Uint8Array } | { readonly failed: 'evaluation' | 'type'; readonly detail: string } // biome-ignore format: one result
}

const environment = celEnv()

/** `unparsable`, or `unbuildable`: it calls a function that does not exist. */
export function compileCel(text: string): CelProgram | 'unparsable' | 'unbuildable' {
  if (deepestBracket(text) > deepest) return 'unparsable'
  try {
    const parsed = parse(text)
    const called = calledFunctions(parsed.expr)
    // `has` of something else than a field is no call of a function but a mistake in writing.
    if (called.includes('has')) return 'unparsable'
    if (called.some((name) => environment.funcs.find(name) === undefined)) return 'unbuildable'
    const run = plan(environment, parsed)
    return { evaluate: (read) => resultOf(run(variables(read))) }
  } catch {
    // The library throws for what it cannot parse or is too long for it; the guest is told by a status.
    return 'unparsable'
  }
}

/** As deep as the parser of cel-cpp goes. */
const deepest = 32

function deepestBracket(text: string): number {
  let depth = 0
  let most = 0
  for (const char of text) {
    if ('([{'.includes(char)) most = Math.max(most, ++depth)
    else if (')]}'.includes(char)) depth--
  }
  return most
}

function resultOf(value: ReturnType<ReturnType<typeof plan>>): ReturnType<CelProgram['evaluate']> {
  if (isCelError(value)) return { failed: 'evaluation', detail: value.message }
  const bytes = serialise(value)
  return bytes === undefined ? { failed: 'type', detail: 'a value of this type cannot be passed on' } : { value: bytes }
}

/** Top-level names are attributes that are looked up when the expression asks for them. */
function variables(read: ReadAttribute): Record<string, CelInput> {
  return new Proxy<Record<string, CelInput>>(
    {},
    { get: (_, name) => (typeof name === 'string' ? celOf(read, [byteText(name)]) : undefined) },
  )
}

/** The attribute as a CEL value; `undefined`: not there, which is an error to CEL. */
function celOf(read: ReadAttribute, path: readonly string[]): CelInput | undefined {
  const found = read(path)
  switch (found.kind) {
    case 'string':
      return utf8Text(found.value)
    case 'bytes':
      return found.value
    case 'int':
    case 'bool':
      return found.value
    case 'uint':
      return celUint(found.value)
    case 'time':
      return create(TimestampSchema, secondsAndNanos(found.value))
    case 'duration':
      return create(DurationSchema, secondsAndNanos(found.value))
    case 'map':
      return celMap(new AttributeMap(read, path, found.value))
    case 'tree': {
      const branch = celMap(new AttributeMap(read, path, []))
      branches.add(branch)
      return branch
    }
    case 'null':
      return null
    case 'missing':
      return undefined
  }
}

const nsPerSecond = 1_000_000_000n
const secondsAndNanos = (ns: bigint) => ({ seconds: ns / nsPerSecond, nanos: Number(ns % nsPerSecond) })

/** Maps whose keys cannot be listed, such as `request`: they cannot be passed on as a whole. */
const branches = new WeakSet<object>()

type Key = string | bigint | boolean | ReturnType<typeof celUint>

/** A branch of the attributes, or a header map: keys are looked up one by one, by the rules of the attribute. */
class AttributeMap extends Map<Key, CelInput> {
  private readonly read: ReadAttribute
  private readonly path: readonly string[]

  constructor(read: ReadAttribute, path: readonly string[], listed: HeaderList) {
    super(listed.map(([name, value]) => [utf8Text(name), utf8Text(value)]))
    this.read = read
    this.path = path
  }

  override get(key: Key): CelInput | undefined {
    return typeof key === 'string' ? celOf(this.read, [...this.path, byteText(key)]) : undefined
  }

  override has(key: Key): boolean {
    return this.get(key) !== undefined
  }
}

/** The bytes of a value (5.2); `undefined` for null, types and branches of the attribute tree. */
function serialise(value: CelValue): Uint8Array | undefined {
  if (typeof value === 'string') return new TextEncoder().encode(value)
  if (value instanceof Uint8Array) return value
  if (typeof value === 'bigint') return int64(value)
  if (typeof value === 'number') return float64(value)
  if (typeof value === 'boolean') return new Uint8Array([value ? 1 : 0])
  if (isCelUint(value)) return int64(value.value)
  if (isCelList(value)) return serialisePairs([...value].map((item) => [item, '']))
  if (isCelMap(value)) return branches.has(value) ? undefined : serialisePairs([...value])
  return isReflectMessage(value) ? serialiseTime(value.message) : undefined
}

function serialisePairs(pairs: readonly (readonly [CelValue, CelValue])[]): Uint8Array | undefined {
  const items: [string, string][] = []
  for (const [key, value] of pairs) {
    const [keyBytes, valueBytes] = [serialise(key), serialise(value)]
    if (keyBytes === undefined || valueBytes === undefined) return undefined
    items.push([bytesText(keyBytes), bytesText(valueBytes)])
  }
  return encodePairs(items)
}

/** Timestamps and durations are nanoseconds. */
function serialiseTime(message: object): Uint8Array | undefined {
  if (!('seconds' in message && 'nanos' in message)) return undefined
  const { seconds, nanos } = message
  if (typeof seconds !== 'bigint' || typeof nanos !== 'number') return undefined
  return int64(seconds * nsPerSecond + BigInt(nanos))
}

function float64(value: number): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setFloat64(0, value, true)
  return bytes
}

// Attributes are byte strings (one char, one byte), CEL strings are text.
const utf8Text = (bytes: string): string =>
  new TextDecoder().decode(Uint8Array.from(bytes, (char) => char.charCodeAt(0)))
const bytesText = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
const byteText = (text: string): string => bytesText(new TextEncoder().encode(text))
