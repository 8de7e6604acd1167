#!/usr/bin/env node
// The command line. In a clone it builds what it needs first (messages go to stderr, so that a report on stdout stays whole).
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = new URL('../', import.meta.url)

if (existsSync(new URL('scripts/build.mjs', root))) {
  const build = fileURLToPath(new URL('scripts/build.mjs', root))
  const { status } = spawnSync(process.execPath, [build, '--node', '--if-changed', '--quiet'], {
    stdio: ['ignore', 2, 2],
  })
  if (status !== 0) {
    console.error('The command line could not be built; the lines above say why.')
    process.exit(2)
  }
}
await import(new URL('dist/node/cli.js', root))
