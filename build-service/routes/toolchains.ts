import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { constants, createBrotliCompress, createBrotliDecompress } from 'node:zlib'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/** A file of the bundle: named after its content by scripts/toolchain-go/store.mjs. */
const HASHED = /^[\w.-]+-[0-9a-f]{16}\.(wasm|pack)$/

const takesBrotli = ({ headers }: FastifyRequest) => /\bbr\b/.test(headers['accept-encoding'] ?? '')

export type ToolchainOptions = {
  /** Folder of the bundle; what is not there yet is looked for again at every request. */
  readonly folder: string
}

/**
 * GET /toolchains/go/*: the manifest, the state of the build, and the bundle's files. They lie there compressed; who does
 * not take brotli gets them unpacked while they are sent.
 */
export async function toolchainRoute(app: FastifyInstance, { folder }: ToolchainOptions): Promise<void> {
  app.get('/manifest.json', (request, reply) => {
    const file = `${folder}/manifest.json`
    if (!existsSync(file)) return reply.callNotFound()
    reply.type('application/json').header('cache-control', 'no-cache').header('vary', 'accept-encoding')
    const content = createReadStream(file)
    if (!takesBrotli(request)) return reply.send(content)
    // Asked for at each visit: 64 kB, of which 9 are sent.
    const params = { [constants.BROTLI_PARAM_QUALITY]: 5 }
    return reply.header('content-encoding', 'br').send(content.pipe(createBrotliCompress({ params })))
  })

  app.get('/state.json', async (_request, reply) => {
    reply.header('cache-control', 'no-store')
    return stateOf(folder)
  })

  app.get<{ Params: { file: string } }>('/:file', (request, reply) => {
    const [, ending] = HASHED.exec(request.params.file) ?? []
    const path = `${folder}/${request.params.file}.br`
    if (ending === undefined || !existsSync(path)) return reply.callNotFound()
    reply
      .type(ending === 'wasm' ? 'application/wasm' : 'application/octet-stream')
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('vary', 'accept-encoding')
    const content = createReadStream(path)
    if (takesBrotli(request)) {
      return reply.header('content-encoding', 'br').send(content)
    }
    return reply.send(content.pipe(createBrotliDecompress()))
  })
}

/** What the page is told while there is no manifest (ToolchainState of src/compile-worker). */
function stateOf(folder: string): object {
  const absent = (message: string) => ({ kind: 'absent', message })
  const none = 'The Go toolchain is not built here: run npm run toolchain:go in the clone that serves this page.'
  let state: unknown
  try {
    state = JSON.parse(readFileSync(`${folder}/state.json`, 'utf8'))
  } catch {
    return absent(none)
  }
  if (typeof state !== 'object' || state === null || !('kind' in state)) return absent(none)
  if (state.kind !== 'building' || !('process' in state)) return state
  if (isAlive(Number(state.process))) return state
  return absent('The build of the Go toolchain was ended before it was done: run npm run toolchain:go.')
}

/** Signal 0 asks whether a process is there. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
