// What usual builds run of Go's compiler and linker: examples, programs and packages are built with copies that note their
// blocks.
import { readFileSync, writeFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { withOurSources } from '../setup/our-sources.mjs'
import { examplesKey } from './examples.mjs'
import { packageBuilds } from './package-builds.mjs'
import { bundleFolder } from './paths.mjs'
import { keep, sha256 } from './programs.mjs'
import { notesOf, seenIn, withNotes } from './seen-blocks.mjs'
import { usualPrograms } from './usual-programs.mjs'

/** Changes of the second build of some examples: the linker goes on from where it rests. */
const edit = '\n// edited\n'
const edited = 2

const recipes = ['blocks.mjs', 'seen.mjs', 'seen-blocks.mjs', 'usual-programs.mjs', 'package-builds.mjs']

/**
 * By name of a tool, whether a block of it ran, by the block's number.
 * @param tools  by name the path of the module as Go's linker wrote it
 * @param manifest  of a bundle whose packs and driver are there
 * @param packages  what is in them, as listPackages gives it
 */
export async function seenBlocks(tools, manifest, packages) {
  const own = recipes.map((file) => readFileSync(new URL(file, import.meta.url)))
  const key = sha256(...Object.values(tools).map((path) => readFileSync(path)), ...own, examplesKey())
  const file = await keep('seen', key, async (output) => {
    const words = await noted(tools, manifest, packages)
    writeFileSync(output, JSON.stringify(Object.fromEntries(words)))
  })
  return new Map(Object.entries(JSON.parse(readFileSync(file, 'utf8'))).map(([name, list]) => [name, seenIn(list)]))
}

/** Builds everything; by name of a tool the words of notesOf. */
async function noted(tools, manifest, packages) {
  // Nothing runs long enough to be worth V8's optimising compiler, which takes longest for what is instrumented.
  for (const flag of ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering']) setFlagsFromString(flag)
  const words = new Map()
  const instances = noteInstances(await noting(tools), (name, exports) => {
    const before = words.get(name)
    words.set(
      name,
      notesOf(exports).map((word, index) => (word | (before?.[index] ?? 0)) >>> 0),
    )
  })
  try {
    await withOurSources(async (load) => {
      await buildPrograms(load, instances.modules, manifest)
      await buildPackages(load, instances.modules.get('compile'), manifest, packages)
    })
    instances.gather()
    return words
  } finally {
    instances.end()
    for (const flag of ['--wasm-tier-up', '--wasm-dynamic-tiering']) setFlagsFromString(flag)
  }
}

/** Builds examples and programs as the tab does. */
async function buildPrograms(load, modules, manifest) {
  const { goSamples } = await load('/src/cli/go-samples.ts')
  const { createGoToolchain } = await load('/src/compile-worker/toolchains/go/toolchain.ts')
  const { diskSource } = await load('/src/compile-worker/toolchains/go/disk-source.node.ts')
  const disk = diskSource(bundleFolder)
  const placeholders = [...modules.keys()].map((name) => ({
    name: `${name}.wasm`,
    file: name,
    bytes: 0,
    compressed: 0,
  }))
  const toolchain = createGoToolchain({
    ...disk,
    manifest: async () => ({ manifest: { ...manifest, files: [...manifest.files, ...placeholders] } }),
    program: async (file) => modules.get(file.name.replace('.wasm', '')) ?? disk.program(file),
  })
  const build = ({ sdk, sources }, mode) => toolchain.compile({ sources, mode }, sdk)
  for (const [index, { sdk, sources }] of goSamples().entries()) {
    for (const more of index < edited ? ['', edit] : ['']) {
      const changed = Object.entries(sources).map(([path, text]) => [path, path.endsWith('.go') ? text + more : text])
      const built = await build({ sdk, sources: Object.fromEntries(changed) }, 'debug')
      if (built.kind !== 'ok') throw new Error(JSON.stringify(built).slice(0, 500))
    }
  }
  const [first, ...others] = usualPrograms()
  for (const mode of ['debug', 'release']) {
    const built = await build(first, mode)
    if (built.kind !== 'ok') throw new Error(JSON.stringify(built).slice(0, 2000))
  }
  for (const program of others) await build(program, 'debug')
}

/** Compiles packages, which have more of the language in them than plugins. */
async function buildPackages(load, module, manifest, packages) {
  const { createWarmProgram } = await load('/src/compile-worker/toolchains/go/warm-program.ts')
  const { FileTree } = await load('/src/compile-worker/toolchains/go/file-tree.ts')
  const compiler = createWarmProgram(module, ['PWD=/', 'GOOS=wasip1', 'GOARCH=wasm', 'GOFLAGS=', 'GOGC=off'])
  for (const { args, files } of packageBuilds(packages, manifest.goVersion)) {
    const tree = new FileTree()
    for (const [path, content] of files) tree.add(path, content)
    compiler.run(args, tree)
  }
}

async function noting(tools) {
  const modules = new Map()
  for (const [name, path] of Object.entries(tools))
    modules.set(name, await WebAssembly.compile(withNotes(readFileSync(path))))
  return modules
}

/** Keeps the instances of these modules until their notes are read. */
function noteInstances(modules, tell) {
  const names = new Map([...modules].map(([name, module]) => [module, name]))
  const live = []
  const plain = WebAssembly.Instance
  WebAssembly.Instance = new Proxy(plain, {
    construct(_, [module, imports]) {
      const instance = new plain(module, imports)
      const name = names.get(module)
      if (name === undefined) return instance
      // One of a kind runs at a time: the one before is done with.
      for (const entry of live.splice(0)) {
        if (entry.name === name) tell(name, entry.exports)
        else live.push(entry)
      }
      live.push({ name, exports: instance.exports })
      return instance
    },
  })
  return {
    modules,
    gather: () => {
      for (const { name, exports } of live) tell(name, exports)
    },
    end: () => {
      WebAssembly.Instance = plain
    },
  }
}
