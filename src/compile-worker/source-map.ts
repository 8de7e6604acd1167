import { originalPositionFor, TraceMap, traceSegment } from '@jridgewell/trace-mapping'

/** A place in a plugin's source. `file` is as the compiler names it: `plugin.ts`, or `~lib/…` for SDK and library. */
export type SourceLocation = {
  readonly file: string
  /** 1-based. */
  readonly line: number
  readonly column: number
  /** Our SDK or AssemblyScript's library, not the plugin's own code. */
  readonly library: boolean
}

export type SourceMapResolver = {
  /** Where the instruction at this byte offset of the module comes from; undefined if the map does not say. */
  locate(offset: number): SourceLocation | undefined
}

/**
 * Opens asc's source map: one generated line whose columns are byte offsets of the module. Undefined for an empty or
 * broken map (release and WAT builds, uploads).
 */
export function openSourceMap(json: string): SourceMapResolver | undefined {
  if (json === '') return undefined
  let map: TraceMap
  try {
    map = new TraceMap(json)
  } catch {
    // Not a source map: an upload's own custom section, say. The caller shows plain offsets.
    return undefined
  }
  return {
    locate(offset) {
      const found = originalPositionFor(map, { line: 1, column: mappedOffset(map, offset) })
      if (found.source === null) return undefined
      const name = stripRoot(found.source)
      return { file: name, line: found.line, column: found.column + 1, library: name.startsWith('~lib/') }
    },
  }
}

/**
 * binaryen writes no location for a call that is a statement of its own, and marks the place as unknown; its arguments
 * stand right before it and have one. Never across more than one such mark: that could be another function's code.
 */
function mappedOffset(map: TraceMap, offset: number): number {
  const segment = traceSegment(map, 0, offset)
  if (segment === null || segment.length > 1) return offset
  // A mark whose code is exactly here; further on in unmapped code (stubs the compiler makes) there is no place.
  return segment[0] === offset ? offset - 1 : offset
}

/** asc's sourceRoot (`./plugin`) is put in front of each source by the resolver. */
function stripRoot(source: string): string {
  return source.replace(/^\.?\/?plugin\//, '')
}

/** The first place in the plugin's own code along a stack, innermost first; else the innermost place known. */
export function locateStack(resolver: SourceMapResolver, offsets: readonly number[]): SourceLocation | undefined {
  const places = offsets.flatMap((offset) => resolver.locate(offset) ?? [])
  return places.find((place) => !place.library) ?? places[0]
}
