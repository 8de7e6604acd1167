// Compiles the examples to wasm, so that the page can show a finished run before the compiler has loaded.
// The result goes to src/templates/generated/ (not in git); `npm run build` and `npm run dev` run this first.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { pathToFileURL } from 'node:url'
import { withOurSources } from './setup/our-sources.mjs'
import { pathOf } from './setup/paths.mjs'

const target = pathOf('src/templates/generated')

/** Compiles every plugin of every example once; returns how many. Does nothing if sources and compiler are those of the last time. */
export async function buildSamples() {
  const began = performance.now()
  return await withOurSources(async (load) => {
    const module = await load('/src/cli/samples.ts')
    const compiled = await compileAll(module, began)
    writeShippedRun(module)
    return compiled
  })
}

/** Always written: it depends on the emulator as well as on the example, and takes milliseconds. */
function writeShippedRun(module) {
  const folder = `${target}/${module.defaultTemplate}`
  const names = readdirSync(folder).filter((name) => name.endsWith('.wasm'))
  const modules = Object.fromEntries(names.map((name) => [name.slice(0, -5), readFileSync(`${folder}/${name}`)]))
  writeFileSync(`${folder}/run.json`, module.shippedRun(modules).text)
}

async function compileAll(module, began) {
  const plugins = module.samplePlugins()
  const stamp = createHash('sha256').update(JSON.stringify(plugins)).update(module.compilerText()).digest('hex')
  const stampFile = `${target}/stamp`
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return 0
  rmSync(target, { recursive: true, force: true })
  for (const { template, plugin, language, sources } of plugins) {
    const result = await module.compilePlugin({ plugin, language, mode: 'debug', sources })
    if (result.kind !== 'ok') {
      throw new Error(`Example ${template}, plugin ${plugin}: ${result.output ?? result.message ?? result.kind}`)
    }
    mkdirSync(`${target}/${template}`, { recursive: true })
    writeFileSync(`${target}/${template}/${plugin}.wasm`, result.wasm)
  }
  writeFileSync(stampFile, stamp)
  console.log(`Compiled ${plugins.length} example plugins in ${((performance.now() - began) / 1000).toFixed(1)} s.`)
  return plugins.length
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await buildSamples()
