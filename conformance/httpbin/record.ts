import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cases, fixedPages } from './cases.ts'
import type { Answer } from './compare.ts'
import { startHttpbin } from './real-server.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const extras = join(here, '../../src/sandbox/upstream/httpbin/extras')
const bytes = (latin1: string) => Buffer.from(latin1, 'latin1')

/** A long body is known by its size and its hash. */
function short({ body = '', ...response }: Answer): Answer {
  if (body.length <= 5000) return { ...response, body }
  return { ...response, size: body.length, sha256: createHash('sha256').update(bytes(body)).digest('hex') }
}

/**
 * Asks a real httpbin every case and writes what it answered to expected.json, and its fixed pages and pictures to
 * src/sandbox/upstream/httpbin/extras.
 */
export async function record(python: string): Promise<void> {
  const server = await startHttpbin(python)
  try {
    const answers: object[] = []
    for (const [name, request] of Object.entries(cases)) {
      answers.push({ name, request, response: short(await server.ask(request)) })
    }
    const header = {
      versions: readFileSync(join(here, 'requirements.txt'), 'utf8').trim().split('\n'),
      python: execFileSync(python, ['--version']).toString().trim(),
      date: new Date().toISOString().slice(0, 10),
    }
    const rows = answers.map((answer) => `    ${JSON.stringify(answer)}`).join(',\n')
    writeFileSync(
      join(here, 'expected.json'),
      `{\n  "recorded": ${JSON.stringify(header)},\n  "cases": [\n${rows}\n  ]\n}\n`,
    )
    const pages: string[] = []
    for (const path of fixedPages) {
      const { status, body = '' } = await server.ask({ method: 'GET', path, headers: [], body: '' })
      if (status !== 200) throw new Error(`${path}: ${status}`)
      pages.push(`  '${path}':\n    '${bytes(body).toString('base64')}',`)
    }
    writeFileSync(
      join(extras, 'fixed-bodies.ts'),
      `/** Bodies of httpbin as its PyPI package has them (LICENSE.httpbin), Base64. Written by conformance/httpbin/record.ts. */\nexport const fixedBodies = {\n${pages.join('\n')}\n} as const\n`,
    )
    const licence =
      "from importlib.metadata import distribution as d; print(d('httpbin').read_text('licenses/LICENSE.ISC'), end='')"
    writeFileSync(join(extras, 'LICENSE.httpbin'), execFileSync(python, ['-c', licence]))
    console.log(`${answers.length} answers and ${pages.length} bodies recorded`)
  } finally {
    await server.stop()
  }
}
