// Proxyground in Chromium, where the app runs: the same measurement in a worker of a page, each time in a new browser.
import { readFileSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { build } from 'vite'
import { pathOf } from '../../scripts/setup/paths.mjs'
import { findChromium } from '../../scripts/test/chromium.mjs'

const address = 'http://localhost/'

/** What measures the plugin in Chromium: `(record) => times`; undefined where there is no Chromium. */
export async function inChromium(plugin, count, rounds) {
  const executablePath = findChromium()
  if (executablePath === undefined) return undefined
  const wasm = [...readFileSync(plugin)]
  const files = await bundle()
  return async (record) => {
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
    try {
      const page = await browser.newPage()
      await page.route(`${address}**`, (route) => {
        const name = new URL(route.request().url()).pathname.slice(1)
        const body = files.get(name)
        return name === ''
          ? route.fulfill({ contentType: 'text/html', body: '' })
          : route.fulfill({ contentType: 'text/javascript', body: body ?? '', status: body === undefined ? 404 : 200 })
      })
      await page.goto(address)
      return await page.evaluate(measure, { wasm, count, rounds, record })
    } finally {
      await browser.close()
    }
  }
}

/** Runs in the page. */
const measure = ({ wasm, ...task }) =>
  new Promise((resolve, reject) => {
    const worker = new Worker('/browser-worker.js', { type: 'module' })
    worker.onmessage = ({ data }) => resolve(data)
    worker.onerror = ({ message }) => reject(new Error(message))
    worker.postMessage({ wasm: Uint8Array.from(wasm), ...task })
  })

/** The worker's files by their names, made as the app's own. */
async function bundle() {
  const { output } = await build({
    root: pathOf('.'),
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    build: {
      write: false,
      target: 'esnext',
      modulePreload: false,
      rolldownOptions: {
        input: pathOf('bench/hosts/browser-worker.ts'),
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js', topLevelVar: false },
      },
    },
  })
  return new Map(output.map((file) => [file.fileName, file.type === 'chunk' ? file.code : file.source]))
}
