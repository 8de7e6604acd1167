import type { ToolchainState } from '../../toolchain-state.ts'
import type { BundleFile } from './manifest.ts'
import type { BundleSource } from './source.ts'

/** The name of our store in Cache storage; what other bundles left in it is removed. */
const STORE = 'proxyground-toolchain-go'

/** The modules that were built in this browser last, and how many of them are kept. */
const BUILDS = 'proxyground-builds-go'
const BUILDS_KEPT = 8

/** How long after a build its files are laid up, in milliseconds: they are some 100 MB to write, and a run is waited for. */
const KEEP_AFTER = 4000

const OFFLINE = 'The Go toolchain could not be loaded: the server does not answer, and this browser has no copy yet.'

/**
 * The bundle of the site at `base` (a URL that ends in a slash). The second visit loads nothing, and offline works: files
 * are kept in Cache storage, which is there on secure origins and loopback only; elsewhere the browser's own HTTP cache has
 * them (they are immutable). Programs come from the HTTP cache wherever it has them: V8 lays the machine code that it made
 * of a module beside a response of that cache, and beside no other (seen in Chromium 156: what is compiled from Cache
 * storage, or from a Response that a script made, is compiled anew at each visit).
 */
export function fetchSource(base: URL): BundleSource {
  const open = (name: string) =>
    'caches' in globalThis ? caches.open(name).catch(() => undefined) : Promise.resolve(undefined)
  const store = open(STORE)
  const address = (name: string) => new URL(name, base).href

  /** The addresses of what came over the network and is not in Cache storage yet. */
  const fresh = new Set<string>()

  async function fromNetwork(url: string): Promise<Response> {
    const response = await fetch(url).catch(() => {
      throw new Error(OFFLINE)
    })
    if (!response.ok) throw new Error(`The Go toolchain's file ${url} is not on the server (${response.status}).`)
    fresh.add(url)
    return response
  }

  const kept = async (url: string) => (await store)?.match(url)

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
      const url = address(nameOf(file))
      const stored = await kept(url)
      const response = unpacked(counted(stored ?? (await fromNetwork(url)), file, received), file)
      return await allBytes(response, file.bytes)
    },
    async program(file, received) {
      const url = address(nameOf(file))
      if (file.packed !== undefined) {
        const response = (await kept(url)) ?? (await fromNetwork(url))
        return await WebAssembly.compileStreaming(unpacked(counted(response, file, received), file))
      }
      const response = await fromNetwork(url).catch(async (error: unknown) => {
        const stored = await kept(url)
        if (stored === undefined) throw error
        return stored
      })
      // Counted on a copy: the response itself is what V8 knows again.
      void counted(response.clone(), file, received).body?.pipeTo(new WritableStream())
      return await WebAssembly.compileStreaming(response)
    },
    async keep(more) {
      await new Promise((resolve) => setTimeout(resolve, KEEP_AFTER))
      const cache = await store
      for (const url of more.map((file) => address(nameOf(file)))) {
        if ((await cache?.match(url)) === undefined) fresh.add(url)
      }
      for (const url of fresh) {
        fresh.delete(url)
        // From the HTTP cache, if it took the file: here nothing is kept for it, 50 MB after a first build.
        const response = await fetch(url, { cache: 'force-cache' })
        if (response.ok) await cache?.put(url, response)
      }
    },
    frugal: true,
    builds: {
      async find(name) {
        const response = await (await open(BUILDS))?.match(address(name))
        return response === undefined ? undefined : new Uint8Array(await response.arrayBuffer())
      },
      async keep(name, bytes) {
        const builds = await open(BUILDS)
        await builds?.put(address(name), new Response(bytes))
        // In the order in which they came.
        const names = (await builds?.keys()) ?? []
        for (const old of names.slice(0, -BUILDS_KEPT)) await builds?.delete(old)
      },
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
  return new Response(response.body.pipeThrough(count))
}

/** The body of a response in one piece. With its size known no more than that is ever held of it. */
async function allBytes(response: Response, size: number): Promise<Uint8Array<ArrayBuffer>> {
  const reader = response.body?.getReader()
  const bytes = new Uint8Array(size)
  let at = 0
  for (let next = await reader?.read(); next?.done === false; next = await reader?.read()) {
    if (at + next.value.length > size) throw new Error('A file of the Go toolchain is longer than its manifest says.')
    bytes.set(next.value, at)
    at += next.value.length
  }
  if (at < size) throw new Error('A file of the Go toolchain ended too early.')
  return bytes
}

function unpacked(response: Response, { name, packed }: BundleFile): Response {
  // compileStreaming looks at the type.
  const headers = { 'content-type': name.endsWith('.wasm') ? 'application/wasm' : 'application/octet-stream' }
  if (packed === undefined || response.body === null) return new Response(response.body, { headers })
  return new Response(response.body.pipeThrough(new DecompressionStream(packed)), { headers })
}
