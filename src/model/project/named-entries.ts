import { z } from 'zod'
import { entriesInOrder, isMap } from './ordered.ts'

/** The schema of the values, by the map's own schema, for `json-schema.ts`. */
export const itemSchemas = new WeakMap<object, z.ZodType>()

/** A map from free names to values of one schema, as pairs in the order written. */
export function namedEntries<T extends z.ZodType>(item: T) {
  const written = z.unknown().meta({ type: 'object' })
  itemSchemas.set(written, item)
  return written.transform((value, context): readonly (readonly [name: string, value: z.output<T>])[] => {
    if (!isMap(value)) {
      context.issues.push({ code: 'invalid_type', expected: 'record', input: value })
      return z.NEVER
    }
    return entriesInOrder(value).flatMap((entry) => {
      const parsed = item.safeParse(entry.value)
      if (parsed.success) return [[entry.key, parsed.data] as const]
      for (const issue of parsed.error.issues) {
        const path = [entry.key, ...issue.path]
        context.issues.push({ code: 'custom', message: '', path, input: entry.value, params: { nested: issue } })
      }
      return []
    })
  })
}
