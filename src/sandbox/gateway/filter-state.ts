import { byteString } from '../abi/text.ts'
import { bounds, mostPropertyBytes } from '../host/bounds.ts'
import type { AttributeValue, FilterObject, PropertyDeclaration } from '../vm/seam.ts'
import { missing, textValue } from './attribute-values.ts'

type Stored = { readonly object: FilterObject; readonly readOnly: boolean }

/** What plugins keep with a stream (proxy-wasm-host.md 5.3): shared by all of them, gone with it. */
export class FilterState {
  /** Most streams keep nothing. */
  private stored: Map<string, Stored> | undefined
  private bytes = 0

  /**
   * `proxy_set_property`: kept below `wasm.`. False: there is a value already, and it is read only. `full`: no more is
   * kept (host/bounds.ts).
   */
  set(path: string, value: Uint8Array, declaration: PropertyDeclaration | undefined): boolean | 'full' {
    const name = `wasm.${path}`
    this.stored ??= new Map()
    const old = this.stored.get(name)
    if (old?.readOnly === true) return false
    const grows = value.length - (old !== undefined && 'value' in old.object ? old.object.value.length : 0)
    if (old === undefined && this.stored.size >= bounds.properties) return 'full'
    if (this.bytes + grows > mostPropertyBytes) return 'full'
    this.bytes += grows
    // A value keeps the type and the rule it was made with.
    const text = old === undefined ? declaration?.text === true : old.object.kind === 'text'
    const readOnly = old === undefined && declaration?.readOnly === true
    this.stored.set(name, { object: { kind: text ? 'text' : 'bytes', value }, readOnly })
    return true
  }

  /** An object of Envoy itself (`set_envoy_filter_state`). */
  setOwn(name: string, object: FilterObject): void {
    this.stored ??= new Map()
    this.stored.set(name, { object, readOnly: false })
  }

  /** By its full name; plugins' own begin with `wasm.`. */
  get(name: string): FilterObject | undefined {
    return this.stored?.get(name)?.object
  }

  get size(): number {
    return this.stored?.size ?? 0
  }

  /** What has a text or bytes, by full name. */
  *texts(): Generator<readonly [name: string, value: Uint8Array]> {
    for (const [name, { object }] of this.stored ?? []) if ('value' in object) yield [name, object.value]
  }
}

/** How a plugin reads it. */
export function storedAttribute(found: FilterObject | undefined): AttributeValue {
  switch (found?.kind) {
    case 'text':
      return textValue(byteString(found.value))
    case 'bytes':
      return { kind: 'bytes', value: found.value }
    case 'fields':
      return { kind: 'map', value: [] }
    case 'hidden':
    case undefined:
      return missing
  }
}
