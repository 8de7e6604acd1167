import type { Built } from './build.ts'
import type { Bundle } from './bundle.ts'
import { archiveByColumns, restoreArchive } from './columns.ts'
import { applyDifference } from './delta.ts'
import type { DriverPlan } from './driver-protocol.ts'
import { FileTree } from './file-tree.ts'
import { closureOf, type Manifest } from './manifest.ts'
import type { Pack } from './pack.ts'
import { runTool } from './program-rest.ts'
import { crashOf, type ProgramEnd, runProgram } from './run-program.ts'
import { createWarmProgram } from './warm-program.ts'

type Archives = ReadonlyMap<string, Uint8Array>

/** Which archives of the bundle a link is done with: `objects` lack what plugins seldom use, `full` have everything. */
type Kind = 'objects' | 'full'

/** Sets of imports whose programs were found to need the full archives: they are not tried with the others again. */
const needsFull = new WeakMap<Bundle, Set<string>>()

/**
 * Links the plugin's own archives with what they need of the bundle: with the lean archives first, whose left-out functions
 * make the linker fail (scripts/toolchain-go/lean-object.mjs), and then with the full ones. The module is the same either way.
 */
export async function linkPlugin(
  bundle: Bundle,
  plan: DriverPlan['link'],
  own: Archives,
  mode: 'debug' | 'release',
  environment: readonly string[],
): Promise<Built> {
  const packages = [...closureOf(bundle.manifest, plan.imports)].filter((path) => !own.has(path))
  const hasFull = packages.some((path) => bundle.manifest.packages.get(path)?.full !== undefined)
  const known = needsFull.get(bundle) ?? new Set()
  const key = plan.imports.join(' ')
  if (hasFull && !known.has(key)) {
    const lean = await linkWith('objects', bundle, packages, plan, own, mode, environment)
    if (lean.kind === 'ok') return lean
    needsFull.set(bundle, known.add(key))
  }
  return await linkWith('full', bundle, packages, plan, own, mode, environment)
}

async function linkWith(
  kind: Kind,
  bundle: Bundle,
  packages: readonly string[],
  plan: DriverPlan['link'],
  own: Archives,
  mode: 'debug' | 'release',
  environment: readonly string[],
): Promise<Built> {
  const key = JSON.stringify([kind, packages, [...own.keys()], plan, mode, environment])
  const anew: Anew = { kind, key, bundle, packages, own, link: { plan, mode, environment } }
  const { end, files } = await runTool(
    bundle,
    'link',
    async (linker) => linkAgain(linker, key, own) ?? (await linkAnew(linker, anew)),
  )
  const { output } = end
  const crash = crashOf(end)
  if (crash !== undefined) return { kind: 'failed', tool: 'link', output, crash }
  const wasm = files.read('plugin.wasm')
  if (end.exitCode !== 0 || wasm === undefined) return { kind: 'rejected', output }
  // The file system lets go of it when the linker is set back.
  return { kind: 'ok', wasm: wasm.length === wasm.buffer.byteLength ? wasm : wasm.slice(), output }
}

/** A linker that has loaded everything but main, and what it loaded. */
type Prepared = {
  /** All that decides what it loaded but the contents of `own`. */
  readonly key: string
  readonly own: Archives
  readonly files: FileTree
  readonly finish: () => ProgramEnd
}

/** The last link of a linker: most edits change main only, and what it imports seldom. */
const prepared = new WeakMap<WebAssembly.Module, Prepared>()

type Linked = { readonly end: ProgramEnd; readonly files: FileTree }

/** What the linker exits with when it cannot go on with another main (toolchains/go/tools/_overlay/ld.go). */
const OTHER_MAIN = 75

/** Goes on from where the linker rests. Undefined when it rests nowhere, elsewhere, or cannot go on with this main. */
function linkAgain(linker: WebAssembly.Module, key: string, own: Archives): Linked | undefined {
  const known = prepared.get(linker)
  if (known?.key === key && sameButMain(known.own, own)) {
    known.files.add('o/main.a', own.get('main') ?? new Uint8Array())
    const end = known.finish()
    if (end.exitCode === 0) return { end, files: known.files }
  }
  prepared.delete(linker)
  return undefined
}

type Anew = {
  readonly kind: Kind
  readonly key: string
  readonly bundle: Bundle
  readonly packages: readonly string[]
  readonly own: Archives
  readonly link: {
    readonly plan: DriverPlan['link']
    readonly mode: 'debug' | 'release'
    readonly environment: readonly string[]
  }
}

/**
 * Links in two steps, the first of which counts for later links that differ in main alone. What fails that way is linked in
 * one step, whose verdict holds; but lean archives are not tried twice, the full ones are next.
 */
async function linkAnew(linker: WebAssembly.Module, { kind, key, bundle, packages, own, link }: Anew): Promise<Linked> {
  const { plan, mode, environment } = link
  const archives = await archivesOf(kind, bundle, packages)
  const config = [...archives, ...own].map(([path]) => `packagefile ${path}=/o/${path}.a`)
  if (plan.modinfo !== '') config.push(plan.modinfo)
  // Names of functions stay in debug builds: they are what a trap's stack is made of.
  const strip = mode === 'release' ? ['-s', '-w'] : ['-w']
  const fixed = ['link', '-o', '/plugin.wasm', '-importcfg', '/importcfg.link', '-buildmode=c-shared', ...strip]
  const args = [...fixed, ...plan.flags, '/o/main.a']
  const files = new FileTree()
  const place = (all: Archives) => {
    for (const [path, archive] of all) files.add(`o/${path}.a`, archive)
  }
  place(archives)
  place(own)
  files.addText('importcfg.link', `${config.join('\n')}\n`)
  const finish = createWarmProgram(linker, environment).prepare(args, files)
  if (finish !== undefined) {
    // The linker has them in its own memory now, and reads main alone again.
    files.drop('o')
    place(own)
    await bundle.release(packsOf(kind, bundle.manifest, packages))
  }
  const end = finish?.()
  if (finish !== undefined && end?.exitCode === 0) {
    prepared.set(linker, { key, own, files, finish })
    files.drop('o')
    return { end, files }
  }
  if (kind === 'objects' && end !== undefined && end.exitCode !== OTHER_MAIN) return { end, files }
  if (finish !== undefined) place(await archivesOf(kind, bundle, packages))
  return { end: runProgram(linker, args, environment, files), files }
}

const sameButMain = (before: Archives, now: Archives) =>
  before.size === now.size && [...now].every(([path, archive]) => path === 'main' || before.get(path) === archive)

/** The packs with the archives of the packages: the lean ones, and with them what the full ones have more. */
function packsOf(kind: Kind, manifest: Manifest, packages: readonly string[]): ReadonlySet<string> {
  const entries = packages.map((path) => manifest.packages.get(path))
  const names = entries.flatMap((entry) => [entry?.objects, kind === 'full' ? entry?.full : undefined])
  return new Set(names.filter((name) => name !== undefined))
}

/** The archives of the packages by import path; of a kind that the bundle does not tell apart, the one there is. */
async function archivesOf(kind: Kind, bundle: Bundle, packages: readonly string[]): Promise<Archives> {
  const load = async (name: string): Promise<readonly [string, Pack]> => [name, await bundle.pack(name)]
  const packs = new Map(await Promise.all([...packsOf(kind, bundle.manifest, packages)].map(load)))
  const found = new Map<string, Uint8Array>()
  for (const path of packages) {
    const entry = bundle.manifest.packages.get(path)
    const archive = packs.get(entry?.objects ?? '')?.get(`${path}.a`)
    const more = packs.get(entry?.full ?? '')?.get(`${path}.d`)
    if (archive !== undefined) found.set(path, more === undefined ? archive : whole(archive, more))
  }
  return found
}

/** A whole archive: tables by columns have more in common. */
function whole(lean: Uint8Array, more: Uint8Array): Uint8Array {
  const archive = applyDifference(archiveByColumns(lean), more)
  restoreArchive(archive)
  return archive
}
