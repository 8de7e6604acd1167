import { entriesInOrder, isList, isMap } from '../project/ordered.ts'

/** A value that YAML can write. */
export type PlainValue =
  | null
  | boolean
  | number
  | string
  | readonly PlainValue[]
  | { readonly [key: string]: PlainValue }

/** Any parsed YAML value as one that can be written again. */
export function plain(value: unknown): PlainValue {
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string')
    return value
  if (isList(value)) return value.map(plain)
  if (isMap(value)) return Object.fromEntries(entriesInOrder(value).map(({ key, value: item }) => [key, plain(item)]))
  return null
}

/** Leaves out what is undefined. */
export function withoutAbsent(
  record: Readonly<Record<string, PlainValue | undefined>>,
): Readonly<Record<string, PlainValue>> {
  return Object.fromEntries(
    Object.entries(record).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])),
  )
}
