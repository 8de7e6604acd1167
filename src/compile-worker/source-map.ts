import { originalPositionFor, TraceMap, traceSegment } from '@jridgewell/trace-mapping'

/** A place in a plugin's source. `file` is as the compiler names it: `plugin.ts`, or `~lib/…` for SDK and library. */
export type SourceLocation = {
  readonly file: string
  /** 1-based. */
  readonly line: number
  readonly column: number
  /** Our SDK or AssemblyScript's library, not the plugin's own code. */
  readonly library: boolean
  /** The instruction itself has no place in the map: this is the one of the instruction before it. */
  readonly before?: true
}

/** A function on a stack: its name and the byte offset where it is. */
export type MappedFrame = { readonly name: string; readonly offset: number }

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
      const mapped = mappedOffset(map, offset)
      const found = originalPositionFor(map, { line: 1, column: mapped })
      if (found.source === null) return undefined
      const name = stripRoot(found.source)
      const place = { file: name, line: found.line, column: found.column + 1, library: name.startsWith('~lib/') }
      return mapped === offset ? place : { ...place, before: true }
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
export function locateStack(
  resolver: SourceMapResolver,
  frames: readonly MappedFrame[],
  sourceOf: (file: string) => string | undefined,
): SourceLocation | undefined {
  const places = locateFrames(resolver, frames, sourceOf).flatMap((place) => place ?? [])
  return places.find((place) => !place.library) ?? places[0]
}

/**
 * The places of a stack, innermost first. A call without arguments has none of its own; it is looked for by the name of the
 * function that it called, from the place before it on.
 */
export function locateFrames(
  resolver: SourceMapResolver,
  frames: readonly MappedFrame[],
  sourceOf: (file: string) => string | undefined,
): readonly (SourceLocation | undefined)[] {
  return frames.map(({ offset }, index) => {
    const place = resolver.locate(offset)
    const called = /[\w$]+$/.exec(frames[index - 1]?.name ?? '')?.[0]
    if (place?.before !== true || called === undefined) return place
    return callAfter(place, called, sourceOf(place.file)) ?? place
  })
}

/** Lines between two instructions with places: comments, blank lines, the ends of blocks. */
const farthest = 12

function callAfter(place: SourceLocation, called: string, source: string | undefined): SourceLocation | undefined {
  const lines = source?.split('\n').slice(place.line - 1, place.line - 1 + farthest) ?? []
  const columns = lines.map((line) => new RegExp(`\\b${called.replaceAll('$', '\\$')}\\s*[(<]`).exec(line)?.index)
  const at = columns.findIndex((column) => column !== undefined)
  const column = columns[at]
  if (column === undefined) return undefined
  const { file, library } = place
  return { file, line: place.line + at, column: column + 1, library }
}
