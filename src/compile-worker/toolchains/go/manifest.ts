/** One file of the bundle. `name` is its role (`compile.wasm`), `file` what it is called after its content. */
export type BundleFile = {
  readonly name: string
  readonly file: string
  /** Size as it is used, in bytes. */
  readonly bytes: number
  /** Size with brotli, in bytes: what comes over the wire. */
  readonly compressed: number
  /** How it lies on a host that sends files as they are: to be unpacked here, under the name with `.packed`. */
  readonly packed?: 'gzip'
}

/** What `scripts/toolchain-go.mjs` wrote: the files of one bundle and the packages in them. */
export type Manifest = {
  readonly key: string
  /** As the toolchain prints it, e.g. `go1.26.8`. */
  readonly goVersion: string
  readonly files: ReadonlyMap<string, BundleFile>
  /** By import path: the pack with its archive, and the packages it imports. */
  readonly packages: ReadonlyMap<string, BundledPackage>
}

export type BundledPackage = {
  /** The pack with its objects, without those that plugins seldom use. */
  readonly objects: string
  /** The pack with the difference to all of its objects (delta.ts), if `objects` does not have them. */
  readonly full?: string
  readonly imports: readonly string[]
}

/** The format that this code reads (scripts/toolchain-go/bundle.mjs). */
const FORMAT = 5

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const isText = (value: unknown): value is string => typeof value === 'string'
const isSize = (value: unknown): value is number => typeof value === 'number' && value >= 0

function readFile(value: unknown, packed: boolean): BundleFile {
  if (isRecord(value)) {
    const { name, file, bytes, compressed } = value
    // The name becomes part of an address: nothing but a plain file name is taken.
    const plain = isText(file) && /^[\w.-]+$/.test(file)
    if (isText(name) && plain && isSize(bytes) && isSize(compressed)) {
      return { name, file, bytes, compressed, ...(packed ? { packed: 'gzip' } : {}) }
    }
  }
  throw new Error('The manifest of the Go toolchain names a file in a way that this version does not read.')
}

function readPackage(value: unknown): BundledPackage {
  if (isRecord(value) && isText(value.objects) && Array.isArray(value.imports)) {
    const full = isText(value.full) ? { full: value.full } : {}
    return { objects: value.objects, ...full, imports: value.imports.filter(isText) }
  }
  throw new Error('The manifest of the Go toolchain names a package in a way that this version does not read.')
}

/** Reads `manifest.json`. Throws an `Error` in a person's words when it is of another format. */
export function readManifest(value: unknown): Manifest {
  if (!isRecord(value) || value.format !== FORMAT) {
    throw new Error(
      'The Go toolchain was built for another version of this page: run npm run toolchain:go, then reload.',
    )
  }
  const { key, goVersion, files, packages } = value
  if (!isText(key) || !isText(goVersion) || !Array.isArray(files) || !isRecord(packages)) {
    throw new Error('The manifest of the Go toolchain is damaged: run npm run toolchain:go.')
  }
  return {
    key,
    goVersion,
    files: new Map(files.map((file) => readFile(file, value.packed === 'gzip')).map((file) => [file.name, file])),
    packages: new Map(Object.entries(packages).map(([path, entry]) => [path, readPackage(entry)])),
  }
}

/**
 * The given packages and all that they need, in no special order. `runtime` is in every program: the compiler's own
 * calls go there without an import.
 */
export function closureOf(manifest: Manifest, roots: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>()
  const waiting = ['runtime', ...roots]
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const entry = manifest.packages.get(path)
    if (entry === undefined || found.has(path)) continue
    found.add(path)
    waiting.push(...entry.imports)
  }
  return found
}
