// Type-checks every part with the `lib` files it may use: one tsconfig per folder, so that a stray `document` in the
// emulator or `process` in the app does not compile.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const parts = [
  'src/model',
  'src/text',
  'src/sandbox',
  'src/sandbox/entry',
  'src/compile-worker',
  'src/editor',
  'src/ui',
  'src/cli',
  'build-service',
  'e2e',
  'conformance',
  '.',
].filter((part) => existsSync(new URL(`../${part}/tsconfig.json`, import.meta.url)))

const tsc = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url))

/** Errors of one part, with paths from the root; '' when there are none. */
function check(part) {
  return new Promise((resolve) => {
    // What has not changed since the last time is not checked again.
    const remembered = `.cache/types/${part === '.' ? 'root' : part.replaceAll('/', '-')}.tsbuildinfo`
    const args = [tsc, '-p', part, '--pretty', 'false', '--incremental', '--tsBuildInfoFile', remembered]
    const child = spawn(process.execPath, args, { cwd: root })
    let output = ''
    child.stdout.on('data', (data) => {
      output += data
    })
    child.stderr.on('data', (data) => {
      output += data
    })
    child.on('close', (code) => resolve({ code, output }))
  })
}

const seen = new Set()
let failed = false
let next = 0
async function worker() {
  while (next < parts.length) {
    const part = parts[next++]
    const { code, output } = await check(part)
    // A folder that is still empty has nothing to check.
    if (code === 0 || output.includes('TS18003')) continue
    failed = true
    for (const line of output.split('\n')) {
      if (line.trim() === '' || seen.has(line)) continue
      seen.add(line)
      console.error(line)
    }
    console.error(`  in ${part}/tsconfig.json`)
  }
}
await Promise.all([worker(), worker()])
process.exitCode = failed ? 1 : 0
if (!failed) console.log(`types: ${parts.length} parts checked`)
