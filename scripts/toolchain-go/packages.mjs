// Which packages a plugin in the tab can import, and Go's archives of them.
import { existsSync } from 'node:fs'
import { pathOf } from '../setup/paths.mjs'
import { runGo } from './run-go.mjs'

const sdkFolder = pathOf('sdk/go')
const fields = 'ImportPath,Name,Dir,Export,Standard,Imports,Deps,GoFiles,SFiles,EmbedFiles,Module,Error'

/** `go list -json` prints objects one after another, without commas. */
function parseObjects(text) {
  return text.trim() === '' ? [] : JSON.parse(`[${text.replace(/^\}\n(?=\{)/gm, '},\n')}]`)
}

async function list(go, workspace, args) {
  const env = { GOWORK: workspace === '' ? 'off' : workspace }
  const cwd = workspace === '' ? `${go.root}/src` : sdkFolder
  return parseObjects(await runGo(go, ['list', ...args], { cwd, env }))
}

/** The folders of the workspace's modules, as patterns for their packages. */
async function moduleRoots(go, workspace) {
  if (workspace === '') return []
  const { Use = [] } = JSON.parse(await runGo(go, ['work', 'edit', '-json', workspace], { cwd: sdkFolder }))
  return Use.map(({ DiskPath }) => `${DiskPath}/...`)
}

/** Packages of the standard library that mean nothing to a plugin; what others need of them comes by itself. */
const notForPlugins =
  /^(?:runtime\/(?!debug$).+$|(?:archive|cmd|database|debug|expvar|go|image|index|internal|log\/syslog|net\/(?:rpc|smtp|http\/(?:cgi|fcgi|httptest|pprof))|plugin|testing|vendor)(?:$|\/))|\/internal(?:$|\/)/

/**
 * All packages with the path of their archive (Go builds what its cache does not have), in an order in which
 * dependencies come first.
 */
export async function listPackages(go, parallel) {
  const workspace = existsSync(`${sdkFolder}/go.work`) ? `${sdkFolder}/go.work` : ''
  const standard = (await runGo(go, ['list', 'std'], { cwd: `${go.root}/src`, env: { GOWORK: 'off' } }))
    .trim()
    .split('\n')
    .filter((path) => !notForPlugins.test(path))
  const roots = await moduleRoots(go, workspace)
  const flags = ['-export', '-deps', '-trimpath', '-buildvcs=false', parallel, `-json=${fields}`]
  const packages = await list(go, workspace, [...flags, ...standard, ...roots])
  return packages.filter(({ ImportPath, Name }) => ImportPath !== 'unsafe' && Name !== 'main')
}
