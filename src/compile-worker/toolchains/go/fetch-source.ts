import type { ToolchainState } from '../../toolchain-state.ts'
import type { BundleFile } from './manifest.ts'
import type { BundleSource } from './source.ts'

/** The name of our store in Cache storage; what other bundles left in it is removed. */
const STORE = 'proxyground-toolchain-go'

const OFFLINE = 'The Go toolchain could not be loaded: the server does not answer, and this browser has no copy yet.'

/**
 * The bundle of the site at `base` (a URL that ends in a slash), kept in Cache storage: the second visit loads nothing,
 * and offline works. Cache storage is there on secure origins and loopback only; elsewhere the browser's own HTTP cache
 * keeps the files (they are immutable).
 */
export function fetchSource(base: URL): BundleSource {
  const store = 'caches' in globalThis ? caches.open(STORE).catch(() => undefined) : Promise.resolve(undefined)
  const address = (name: string) => new URL(name, base).href

  async function get(file: BundleFile): Promise<Response> {
    const url = address(nameOf(file))
    const cache = await store
    const kept = await cache?.match(url)
    if (kept !== undefined) return kept
    const response = await fetch(url)
    if (!response.ok) throw new Error(`The Go toolchain's file ${file.file} is not on the server (${response.status}).`)
    // A full disk or a private window must not stop a compilation.
    void cache?.put(url, response.clone()).catch(() => undefined)
    return response
  }

  return {
    async manifest() {
      const url = address('manifest.json')
      const cache = await store
      const response = await fetch(url, { cache: 'no-cache' }).catch(() => undefined)
      if (response === undefined || response.status >= 500) {
        const kept = await cache?.match(url)
        return kept === undefined
          ? { state: { kind: 'absent', message: OFFLINE } }
          : { manifest: (await kept.json()) as unknown }
      }
      if (!isJson(response)) return { state: await stateAt(address('state.json')) }
      void cache?.put(url, response.clone()).catch(() => undefined)
      return { manifest: (await response.json()) as unknown }
    },
    async bytes(file, received) {
      const response = counted(await get(file), file, received)
      return new Uint8Array(await response.arrayBuffer())
    },
    async program(file, received) {
      const response = counted(await get(file), file, received)
      return await WebAssembly.compileStreaming(response)
    },
    async sweep(files) {
      const cache = await store
      const wanted = new Set([address('manifest.json'), ...files.map((file) => address(nameOf(file)))])
      for (const { url } of (await cache?.keys()) ?? []) if (!wanted.has(url)) await cache?.delete(url)
    },
  }
}

const nameOf = ({ file, packed }: BundleFile): string => (packed === undefined ? file : `${file}.packed`)

/** A host that answers every address with its page has no manifest either. */
const isJson = (response: Response): boolean =>
  response.ok && (response.headers.get('content-type') ?? '').includes('json')

async function stateAt(url: string): Promise<ToolchainState> {
  const response = await fetch(url, { cache: 'no-store' }).catch(() => undefined)
  const absent: ToolchainState = {
    kind: 'absent',
    message: 'This site has no Go toolchain. Where the app was started by npm start, npm run toolchain:go builds it.',
  }
  if (response === undefined || !isJson(response)) return absent
  const state: unknown = await response.json()
  if (typeof state !== 'object' || state === null || !('kind' in state)) return absent
  if (state.kind === 'absent' && 'message' in state) return { kind: 'absent', message: String(state.message) }
  if (state.kind !== 'building' || !('step' in state && 'done' in state && 'total' in state)) return absent
  return { kind: 'building', step: String(state.step), done: Number(state.done), total: Number(state.total) }
}

/** The same response, with `received` told of its bytes in proportion to what they took on the wire. */
function counted(response: Response, file: BundleFile, received: (more: number) => void): Response {
  if (response.body === null) return response
  // Of a packed file the bytes that come are those of the wire; of one with a content encoding they are unpacked already.
  const share = file.packed === undefined ? file.compressed / Math.max(1, file.bytes) : 1
  let waiting = 0
  const count = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      waiting += chunk.length * share
      if (waiting > file.compressed / 50) {
        received(waiting)
        waiting = 0
      }
      controller.enqueue(chunk)
    },
    flush: () => received(waiting),
  })
  // compileStreaming looks at the type.
  const type = file.name.endsWith('.wasm') ? 'application/wasm' : 'application/octet-stream'
  const counting = response.body.pipeThrough(count)
  const content = file.packed === undefined ? counting : counting.pipeThrough(new DecompressionStream(file.packed))
  return new Response(content, { headers: { 'content-type': type } })
}
