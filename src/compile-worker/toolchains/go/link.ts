import type { Built } from './build.ts'
import type { Bundle } from './bundle.ts'
import type { DriverPlan } from './driver-protocol.ts'
import { FileTree } from './file-tree.ts'
import { closureOf } from './manifest.ts'
import type { Pack } from './pack.ts'
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
  const [linker, archives] = await Promise.all([bundle.program('link'), archivesOf(kind, bundle, packages)])
  const config = [...archives, ...own].map(([path]) => `packagefile ${path}=/o/${path}.a`)
  if (plan.modinfo !== '') config.push(plan.modinfo)
  // Names of functions stay in debug builds: they are what a trap's stack is made of.
  const strip = mode === 'release' ? ['-s', '-w'] : ['-w']
  const fixed = ['link', '-o', '/plugin.wasm', '-importcfg', '/importcfg.link', '-buildmode=c-shared', ...strip]
  const link = { args: [...fixed, ...plan.flags, '/o/main.a'], config: `${config.join('\n')}\n`, environment }
  const { end, files } = runLink(linker, link, archives, own, kind === 'objects')
  const { output } = end
  const crash = crashOf(end)
  if (crash !== undefined) return { kind: 'failed', tool: 'link', output, crash }
  const wasm = files.read('plugin.wasm')
  if (end.exitCode !== 0 || wasm === undefined) return { kind: 'rejected', output }
  return { kind: 'ok', wasm: wasm.slice(), output }
}

type Link = { readonly args: readonly string[]; readonly config: string; readonly environment: readonly string[] }

/** A linker that has loaded everything but main, and what it loaded. */
type Prepared = {
  readonly key: string
  readonly own: Archives
  readonly files: FileTree
  readonly finish: () => ProgramEnd
}

/** The last link of a linker: most edits change main only, and what it imports seldom. */
const prepared = new WeakMap<WebAssembly.Module, Prepared>()

/** What the linker exits with when it cannot go on with another main (toolchains/go/tools/_overlay/ld.go). */
const OTHER_MAIN = 75

/**
 * Links in two steps, the first of which counts for later links that differ in main alone. What fails that way is linked in
 * one step, whose verdict holds; but not when it is linked with `another` kind of archives then.
 */
function runLink(
  linker: WebAssembly.Module,
  link: Link,
  archives: Archives,
  own: Archives,
  another: boolean,
): { end: ProgramEnd; files: FileTree } {
  const key = JSON.stringify(link)
  const main = own.get('main') ?? new Uint8Array()
  const known = prepared.get(linker)
  if (known?.key === key && sameButMain(known.own, own)) {
    known.files.add('o/main.a', main)
    const end = known.finish()
    if (end.exitCode === 0) return { end, files: known.files }
  }
  // Also when a link from there failed: the verdict is that of the linker as it is.
  prepared.delete(linker)
  const files = new FileTree()
  for (const [path, archive] of [...archives, ...own]) files.add(`o/${path}.a`, archive)
  files.addText('importcfg.link', link.config)
  const finish = createWarmProgram(linker, link.environment).prepare(link.args, files)
  const end = finish?.()
  if (finish !== undefined && end?.exitCode === 0) {
    prepared.set(linker, { key, own, files, finish })
    return { end, files }
  }
  if (another && end !== undefined && end.exitCode !== OTHER_MAIN) return { end, files }
  return { end: runProgram(linker, link.args, link.environment, files), files }
}

const sameButMain = (before: Archives, now: Archives) =>
  before.size === now.size && [...now].every(([path, archive]) => path === 'main' || before.get(path) === archive)

/** The archives of the packages by import path; of a kind that the bundle does not tell apart, the one there is. */
async function archivesOf(kind: Kind, bundle: Bundle, packages: readonly string[]): Promise<Archives> {
  const { manifest } = bundle
  const packOf = (path: string) => {
    const entry = manifest.packages.get(path)
    return (kind === 'full' ? entry?.full : undefined) ?? entry?.objects ?? ''
  }
  const names = new Set(packages.map(packOf))
  const load = async (name: string): Promise<readonly [string, Pack]> => [name, await bundle.pack(name)]
  const packs = new Map(await Promise.all([...names].map(load)))
  const found = new Map<string, Uint8Array>()
  for (const path of packages) {
    const archive = packs.get(packOf(path))?.get(`${path}.a`)
    if (archive !== undefined) found.set(path, archive)
  }
  return found
}
