/**
 * A worker that waits for its first job runs a small project meanwhile and throws the result away. Nearly all of what
 * the first request of a fresh worker takes is code that never ran before (docs/decisions/tracing.md).
 */
import { type Execution, executeRun, freshCaches } from './execute-run.ts'
import { warmUpGuest } from './warm-up-guest.ts'

const files = {
  'proxyground.yaml': `
version: 1
plugins:
  - { name: warm, language: wat }
`,
  'plugins/warm/plugin.wat': '',
  'scenarios/warm.yaml': `
steps:
  - request: { url: http://127.0.0.1:10000/get }
    expect:
      status: 200
      headers: { x-warm: warm }
      upstream: [{ headers: { x-warm: warm } }]
  - request:
      url: http://127.0.0.1:10000/post
      method: POST
      headers: { content-type: text/plain }
      body: hello
    expect: { status: 200 }
`,
}

/** One run of all a first job does. It leaves nothing behind that a later run could see. */
export function warmUp(now: Execution['now']): ReturnType<typeof executeRun> {
  const wasm = Uint8Array.from(atob(warmUpGuest), (char) => char.charCodeAt(0))
  const request = { files, modules: { warm: wasm }, scenario: { file: 'scenarios/warm.yaml' } }
  return executeRun(request, { now }, freshCaches())
}
