import { entriesInOrder, isList, isMap } from '../project/ordered.ts'
import type { YamlDocument, YamlPath } from '../project/yaml-document.ts'

/** A field of a pasted document that nothing was made of. */
export type LeftField = {
  /** 1-based, in the pasted text. */
  readonly line: number
  readonly column: number
  /** `static_resources.listeners[0].traffic_direction` */
  readonly path: string
}

/** Reads a foreign document field by field and remembers which fields were understood; the rest can be listed. */
export class Fields {
  readonly #document: YamlDocument
  readonly #understood = new Set<string>()

  constructor(document: YamlDocument) {
    this.#document = document
  }

  /** The value at a path, without a judgement. */
  peek(path: YamlPath): unknown {
    let value = this.#document.value
    for (const step of path) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
      value = Object.getOwnPropertyDescriptor(value, step)?.value
    }
    return value
  }

  /** Understood with everything below it, whatever it is: it has no meaning here, or was used by other means. */
  accept(...paths: readonly YamlPath[]): void {
    for (const path of paths) if (this.peek(path) !== undefined) this.#understood.add(keyOf(path))
  }

  text(path: YamlPath): string | undefined {
    const value = this.peek(path)
    if (typeof value !== 'string') return undefined
    this.accept(path)
    return value
  }

  number(path: YamlPath): number | undefined {
    const value = this.peek(path)
    const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
    if (typeof number !== 'number') return undefined
    this.accept(path)
    return number
  }

  flag(path: YamlPath): boolean | undefined {
    const value = this.peek(path)
    if (typeof value !== 'boolean') return undefined
    this.accept(path)
    return value
  }

  texts(path: YamlPath): readonly string[] | undefined {
    const value = this.peek(path)
    if (!isList(value) || !value.every((item) => typeof item === 'string')) return undefined
    this.accept(path)
    return value.map(String)
  }

  /** The paths of a list's items, or of nothing. */
  items(path: YamlPath): readonly YamlPath[] {
    const value = this.peek(path)
    return isList(value) ? value.map((_, index) => [...path, index]) : []
  }

  /** The paths of a map's entries with their keys. */
  entries(path: YamlPath): readonly (readonly [key: string, path: YamlPath])[] {
    const value = this.peek(path)
    return isMap(value) ? entriesInOrder(value).map(({ key }) => [key, [...path, key]] as const) : []
  }

  line(path: YamlPath): number {
    return this.#document.place(path, 'key').line
  }

  /** Everything that was not understood, each at the highest level at which nothing was. */
  left(): readonly LeftField[] {
    return this.#leftBelow([], this.#document.value).fields
  }

  #leftBelow(path: YamlPath, value: unknown): { readonly fields: readonly LeftField[]; readonly all: boolean } {
    if (this.#understood.has(keyOf(path))) return { fields: [], all: false }
    const own = (): LeftField => {
      const { line, column } = this.#document.place(path, 'key')
      return { line, column, path: pathText(path) }
    }
    if (typeof value !== 'object' || value === null) return { fields: [own()], all: true }
    const entries = entriesInOrder(value)
    const below = entries.map((entry) =>
      this.#leftBelow([...path, isList(value) ? Number(entry.key) : entry.key], entry.value),
    )
    const all = below.every((part) => part.all)
    if (all && path.length > 0) return { fields: [own()], all: true }
    return { fields: below.flatMap(({ fields }) => fields), all: false }
  }
}

const keyOf = (path: YamlPath): string => JSON.stringify(path)

const pathText = (path: YamlPath): string =>
  path.map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${step}`)).join('')
