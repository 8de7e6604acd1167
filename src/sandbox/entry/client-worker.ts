/**
 * Starts the worker that guests run in, so that it reaches no network wherever the app is served from (design 4.6).
 *
 * Our server sends the worker's script with a policy of its own. A static host sends none, and the page's policy does
 * not cover a worker loaded from a URL (seen); but a worker started from a blob inherits the policy of the document that
 * made it. So there the worker is made inside a hidden frame whose policy has `connect-src 'none'`, from a blob that
 * imports the script. Seen in Chromium: fetch, XMLHttpRequest, WebSocket and eval fail, wasm and our own imports work.
 */

/** `worker-src 'self'` lets the blob's import of our script through, the rest is as strict as the server's. */
const roomPolicy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; connect-src 'none'"

type RoomWindow = Window & { readonly Worker: typeof Worker; readonly URL: typeof URL; readonly Blob: typeof Blob }

const isRoom = (view: Window | null): view is RoomWindow => view !== null && 'Worker' in view

let room: Promise<RoomWindow> | undefined

/** One frame for all workers; it stays as long as the page, because its workers end with it. */
function openRoom(): Promise<RoomWindow> {
  room ??= new Promise((resolve, reject) => {
    const frame = document.createElement('iframe')
    frame.hidden = true
    frame.title = 'sandbox'
    frame.srcdoc = `<meta http-equiv="Content-Security-Policy" content="${roomPolicy}">`
    frame.addEventListener('load', () => {
      if (isRoom(frame.contentWindow)) resolve(frame.contentWindow)
      else reject(new Error('The frame for the sandbox worker did not open.'))
    })
    document.body.append(frame)
  })
  return room
}

/** How workers get their policy here; written into the page by the build and by the server (vite.config.ts). */
const bringsOwnPolicy = (): boolean =>
  document.querySelector('meta[name=worker-policy]')?.getAttribute('content') === 'own'

/** Starts a module worker from `url` (of our own origin) that cannot connect to anything. */
export async function startConfinedWorker(url: string | URL, name: string): Promise<Worker> {
  const script = new URL(url, document.baseURI).href
  if (bringsOwnPolicy()) return new Worker(script, { type: 'module', name })
  const view = await openRoom()
  const blob = new view.Blob([`import ${JSON.stringify(script)}`], { type: 'text/javascript' })
  const blobUrl = view.URL.createObjectURL(blob)
  const worker = new view.Worker(blobUrl, { type: 'module', name })
  // The address is needed until the worker has loaded; it is freed with the first message or failure.
  const release = () => view.URL.revokeObjectURL(blobUrl)
  worker.addEventListener('message', release, { once: true })
  worker.addEventListener('error', release, { once: true })
  return worker
}
