// One build at a time: `npm start` in one terminal and `npm test` in another share the folder.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { cacheFolder } from './paths.mjs'

const folder = `${cacheFolder}/lock`

function alive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function tryLock() {
  try {
    mkdirSync(folder)
    writeFileSync(`${folder}/pid`, String(process.pid))
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    return false
  }
}

function ownerIsGone() {
  try {
    return !alive(Number(readFileSync(`${folder}/pid`, 'utf8')))
  } catch {
    // Just made, or just given back: look again.
    return false
  }
}

/** Runs `work` when no other process builds; waits for the one that does. */
export async function alone(work, say) {
  for (let waited = 0; !tryLock(); waited++) {
    if (ownerIsGone()) rmSync(folder, { recursive: true, force: true })
    else {
      if (waited === 1) say('Another process builds the Go toolchain; waiting for it …')
      await sleep(500)
    }
  }
  try {
    return await work()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
