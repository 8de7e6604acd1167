/** A guest that broke out of wasm would find itself in this worker: it reaches no network from there. */
import type { Page, Worker } from '@playwright/test'
import { expect, test } from './fixtures.ts'

/** Tries every way out; the answer says for each what happened. Runs inside the worker. */
async function tryToLeave(target: string): Promise<Record<string, string>> {
  const attempt = async (act: () => unknown): Promise<string> => {
    try {
      await act()
      return 'got through'
    } catch (error) {
      return `stopped: ${error instanceof Error ? error.name : String(error)}`
    }
  }
  const socket = () =>
    new Promise((resolve, reject) => {
      const connection = new WebSocket(target.replace('http', 'ws'))
      connection.onopen = resolve
      connection.onerror = () => reject(new Error('closed'))
    })
  const events = () =>
    new Promise((resolve, reject) => {
      const source = new EventSource(target)
      source.onopen = resolve
      source.onerror = () => reject(new Error('closed'))
    })
  const request = () => {
    const xhr = new XMLHttpRequest()
    xhr.open('GET', target, false)
    xhr.send()
  }
  return {
    fetch: await attempt(() => fetch(target)),
    xhr: await attempt(request),
    socket: await attempt(socket),
    events: await attempt(events),
    importElsewhere: await attempt(() => import(`${target.replace('127.0.0.1', 'localhost')}x.js`)),
    importData: await attempt(() => import(`data:text/javascript,${'export default 1'}`)),
    scripts: await attempt(() => Reflect.get(globalThis, 'importScripts')(target)),
    wasm: await attempt(() => new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0))),
  }
}

/** The browser may tell of a worker after the page has shown its first answer. */
async function workerNamed(page: Page, name: RegExp): Promise<Worker> {
  const found = () => page.workers().find((worker) => name.test(worker.url()))
  await expect.poll(() => found() !== undefined).toBe(true)
  const worker = found()
  if (worker === undefined) throw new Error(`no worker ${name}`)
  return worker
}

for (const [host, worker] of [
  ['served', /sandbox-worker/],
  ['staticHost', /^blob:/],
] as const) {
  test(`the sandbox worker reaches nothing (${host})`, async ({ app, page, servers, watch }) => {
    watch.allow(/Content Security Policy|violat|Refused|WebSocket|EventSource|request to http:\/\/localhost/i)
    await app.open(servers[host])
    await expect(app.verdict()).toHaveText('200 OK')
    const target = new URL('/api/health', servers.served).href
    // The same address answers the page of our server, so that a refusal below is the policy's doing.
    if (host === 'served') expect(await page.evaluate((url) => fetch(url).then((r) => r.status), target)).toBe(200)

    const sandbox = await workerNamed(page, worker)
    const { wasm, ...waysOut } = await sandbox.evaluate(tryToLeave, target)
    for (const [way, result] of Object.entries(waysOut)) expect(result, way).toMatch(/^stopped/)
    expect(wasm).toBe('got through')
  })

  test(`text is never code in the sandbox worker (${host})`, async ({ app, page, servers, watch }) => {
    watch.allow(/Content Security Policy|violat|unsafe-eval/i)
    await app.open(servers[host])
    await expect(app.verdict()).toHaveText('200 OK')
    const sandbox = await workerNamed(page, worker)
    // A debugger's evaluation may use eval where the page may not; a timer runs after it, under the page's own rules.
    const result = await sandbox.evaluate(
      () =>
        new Promise<string>((resolve) => {
          setTimeout(() => {
            try {
              resolve(`ran ${new Function('return 1')()}`)
            } catch (error) {
              resolve(error instanceof Error ? error.name : String(error))
            }
          })
        }),
    )
    expect(result).toBe('EvalError')
  })
}

test('the app works on a static host: the run, the compiler, the editor', async ({ app, servers }) => {
  await app.open(servers.staticHost)
  await app.readyToEdit()
  await app.changeWord('x-seen-by', 'hello', 'static')
  await expect(app.row(/x-seen-by → "static"/)).toBeVisible()
})
