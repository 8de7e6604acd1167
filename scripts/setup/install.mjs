// Installs the packages of package-lock.json when they are not there, and touches no network when they are.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { root } from './paths.mjs'

const stampFile = new URL('node_modules/.proxyground-install', root)
const lockFile = new URL('package-lock.json', root)
const installedFile = new URL('node_modules/.package-lock.json', root)

function lockStamp() {
  const hash = createHash('sha256').update(readFileSync(lockFile))
  // Some packages are binaries of one platform.
  return `${hash.digest('hex')} ${process.platform} ${process.arch}\n`
}

/** True when node_modules holds what the lock file names, whoever put it there (npm keeps its own list). */
function installedAsLocked() {
  if (!existsSync(installedFile)) return false
  const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages
  const locked = JSON.parse(readFileSync(lockFile, 'utf8')).packages
  return Object.entries(locked).every(
    ([path, entry]) => path === '' || entry.optional || installed[path]?.version === entry.version,
  )
}

/** Runs npm with the given arguments in the project's root; returns its exit code. */
export function npm(args) {
  const own = process.env.npm_execpath
  const options = { cwd: root, stdio: 'inherit' }
  const result = own?.endsWith('.js')
    ? spawnSync(process.execPath, [own, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' })
  return result.status ?? 1
}

export function ensureInstalled() {
  const stamp = lockStamp()
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return
  if (!installedAsLocked()) {
    console.log('Installing packages (package-lock.json is new or has changed) …')
    if (npm(['ci', '--no-audit', '--no-fund', '--prefer-offline']) !== 0) {
      console.error('The packages could not be installed. This step needs the network once; later starts do not.')
      process.exit(2)
    }
  }
  writeFileSync(stampFile, stamp)
}
