// The real httpbin that ours is compared with: from PyPI, in a virtual environment under .cache, made where Python is.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { pathOf } from './paths.mjs'

const requirements = pathOf('conformance/httpbin/requirements.txt')
const key = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12)
const folder = pathOf(`.cache/httpbin/${key}`)

/** The Python that has httpbin installed, or undefined while it is not. */
export const findHttpbin = () => (existsSync(`${folder}/ready`) ? `${folder}/venv/bin/python` : undefined)

/** Makes sure that a real httpbin is there; returns its Python, or undefined after saying what is missing. */
export function ensureHttpbin() {
  if (findHttpbin()) return findHttpbin()
  rmSync(folder, { recursive: true, force: true })
  const run = (program, ...args) => spawnSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0
  const made =
    run('python3', '-m', 'venv', `${folder}/venv`) &&
    run(`${folder}/venv/bin/python`, '-m', 'pip', '-q', 'install', '--no-deps', '-r', requirements) &&
    run('touch', `${folder}/ready`)
  if (!made)
    console.error('The comparison with a real httpbin is skipped: it needs python3 with venv and a package index.')
  return findHttpbin()
}
