// The programs that run in the tab: Go's compiler and linker, and our driver. Each is kept under a key of what it is made from.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { writeOverlay } from '../../toolchains/go/driver/build.mjs'
import { pathOf } from '../setup/paths.mjs'
import { exportGlobals } from './export-globals.mjs'
import { straightenJumps } from './forward-jumps.mjs'
import { oneTargetOverlay } from './one-target.mjs'
import { programsFolder } from './paths.mjs'
import { runGo } from './run-go.mjs'
import { splitRest } from './split-rest.mjs'
import { stripLines } from './strip-lines.mjs'
import { toolSources, warmTool } from './warm.mjs'
import { withoutNames } from './wasm-sections.mjs'

/** The compiler's own profile makes it larger, and no faster in a browser (docs/decisions/go-in-the-tab.md). */
const noProfile = ['-pgo=off']

const small = ['-ldflags=-s -w', '-trimpath', '-buildvcs=false']
/** The same with the names of functions. */
const named = ['-ldflags=-w', '-trimpath', '-buildvcs=false']

export const sha256 = (...parts) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part).update('\0')
  return hash.digest('hex')
}

/** Hash over the names and texts of all files below a folder of the project. */
export function folderHash(folder) {
  const hash = createHash('sha256')
  const walk = (path) => {
    for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const file = `${path}/${entry.name}`
      if (entry.isDirectory()) walk(file)
      else if (!/_test\.go$/.test(entry.name))
        hash
          .update(`${file.slice(folder.length)}\0`)
          .update(readFileSync(file))
          .update('\0')
    }
  }
  if (existsSync(folder) && statSync(folder).isDirectory()) walk(folder)
  return hash.digest('hex')
}

/** Builds `name` unless a copy for `key` is there; gives its path. Older copies go. */
export async function keep(name, key, build) {
  const folder = `${programsFolder}/${name}-${key.slice(0, 16)}`
  const file = `${folder}/${name}.wasm`
  if (existsSync(file)) return file
  mkdirSync(folder, { recursive: true })
  await build(`${file}.new`, folder)
  renameSync(`${file}.new`, file)
  for (const other of readdirSync(programsFolder))
    if (other.startsWith(`${name}-`) && !folder.endsWith(other))
      rmSync(`${programsFolder}/${other}`, { recursive: true })
  return file
}

/**
 * Go's own `cmd/compile` or `cmd/link`: a reactor where this Go's sources allow it (warm.mjs), else a command. As Go links
 * it, with the names of its functions: finishedTool makes of it what the tab loads.
 */
export function goTool(go, name, parallel) {
  const recipes = recipesOf('one-target.mjs', 'warm.mjs', 'warm-link.mjs', 'warm-tables.mjs', 'export-globals.mjs')
  const key = sha256(go.version, ...recipes, folderHash(toolSources), ...named, ...noProfile)
  return keep(`tool-${name}`, key, async (output, folder) => {
    const build = (flags) =>
      runGo(go, ['build', parallel, ...named, ...noProfile, ...flags, '-o', output, `cmd/${name}`], {
        cwd: `${go.root}/src`,
        env: { GOWORK: 'off' },
      })
    const reactor = async () => {
      const warm = warmTool(go, name)
      if (warm === undefined) throw new Error(`this Go's sources of cmd/${name} are others`)
      await build(['-buildmode=c-shared', '-overlay', oneTargetOverlay(go, `${folder}/overlay`, warm)])
      writeFileSync(output, exportGlobals(readFileSync(output)))
    }
    await firstOf(
      [
        [`${name} is not kept warm between builds, which are slower`, reactor],
        [
          `${name} keeps the processors that the tab does not need`,
          () => build(['-overlay', oneTargetOverlay(go, `${folder}/overlay`)]),
        ],
      ],
      // Go's own sources, unchanged.
      () => build([]),
    )
  })
}

/**
 * The files of a tool in the bundle, by name: the program with what usual builds run, and the rest of it, if it can be parted.
 * @param seen  whether a block runs (seen.mjs), or undefined
 */
export function finishedTool(name, tool, seen) {
  const whole = readFileSync(tool)
  const parts = new Map([[name, withoutNames(whole)]])
  try {
    if (seen === undefined) throw new Error('no example was built with it')
    const { program, rest } = splitRest(whole, seen)
    if (![program, rest].every((module) => WebAssembly.validate(module)))
      throw new Error('the modules would not be valid')
    parts.set(name, program).set(`${name}-rest`, rest)
  } catch (error) {
    console.error(`  ${name} comes in one piece: ${error instanceof Error ? error.message : error}`)
  }
  const strip = (module) =>
    rewritten(`${name} keeps its lines and is larger`, module, () =>
      stripLines(module, (symbol) => symbol.startsWith('runtime.')),
    )
  return [...parts].map(([part, module]) => {
    const straight = straightened(part, module)
    return [`${part}.wasm`, part === name ? strip(straight) : straight]
  })
}

const recipesOf = (...files) => files.map((file) => readFileSync(new URL(file, import.meta.url)))

/** Makes the jumps of a program straight; one that a later Go links in another way stays as it is. */
const straightened = (name, module) =>
  rewritten(`${name} keeps its jumps as Go wrote them`, module, () => straightenJumps(module))

/** The module after a change; as it is, with word of what that costs, where the change cannot be made. */
function rewritten(cost, module, change) {
  try {
    const changed = change()
    if (!WebAssembly.validate(changed)) throw new Error('the module would not be valid')
    return changed
  } catch (error) {
    console.error(`  ${cost}: ${error instanceof Error ? error.message : error}`)
    return module
  }
}

/**
 * What is written for the sources of one Go may not compile with those of another: then the next way is tried, and the
 * person who waits is told what that costs and why.
 */
async function firstOf(ways, last) {
  for (const [cost, way] of ways) {
    try {
      return await way()
    } catch (error) {
      console.error(`  ${cost}: ${error instanceof Error ? error.message : error}`)
    }
  }
  return last()
}

const driverSource = pathOf('toolchains/go/driver')

/** Our driver (toolchains/go/driver): plans builds, checks types, completes. A reactor that stays warm. */
export function driver(go, parallel) {
  const recipes = recipesOf('forward-jumps.mjs', 'strip-lines.mjs')
  return keep('driver', sha256(go.version, ...recipes, folderHash(driverSource), ...small), async (output, folder) => {
    const overlay = writeOverlay(go.root, folder)
    const args = ['build', parallel, ...small, '-buildmode=c-shared', '-overlay', overlay, '-o', output, '.']
    await runGo(go, args, { cwd: driverSource, env: { GOWORK: 'off' } })
    const straight = straightened('driver', readFileSync(output))
    // Our own: the names are what a report of a crash has to go by.
    const strip = () => stripLines(straight, () => true)
    writeFileSync(output, rewritten('the driver keeps its lines and is larger', straight, strip))
  })
}

/** The driver's tool for this machine that reads `go list` and writes what the driver reads of packages. */
export function indexTool(go, parallel) {
  return keep('index', sha256(go.version, folderHash(driverSource), ...small), async (output, folder) => {
    const overlay = writeOverlay(go.root, folder)
    const args = ['build', parallel, ...small, '-overlay', overlay, '-o', output, './cmd/index']
    await runGo(go, args, { cwd: driverSource, env: { GOWORK: 'off', GOOS: '', GOARCH: '' } })
  })
}
