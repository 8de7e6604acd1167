// The page's part of npm run bench, in a real Chromium against our server: first visits in fresh profiles, then edits.
//   node bench/run-browser.mjs CHROMIUM   prints one line of JSON with the medians
import { chromium } from '@playwright/test'
import { serveApp } from '../scripts/setup/served-app.mjs'
import { median } from './median.mjs'
import { typedEdits } from './typed-edits.mjs'

const visits = 7
const edits = 15

const { address, stop } = await serveApp()
const browser = await chromium.launch({ executablePath: process.argv[2], args: ['--no-sandbox', '--disable-gpu'] })

/** Runs in the page before anything else: when the timeline first has a row of the response. */
const noteFirstRun = () => {
  const observer = new MutationObserver(() => {
    if (!document.querySelector('[role=treegrid] [role=row]')) return
    observer.disconnect()
    requestAnimationFrame(() => {
      setTimeout(() => {
        window.firstRunAt = performance.now()
      })
    })
  })
  observer.observe(document, { childList: true, subtree: true })
}

async function visit() {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  const finished = []
  session.on('Network.loadingFinished', ({ encodedDataLength }) =>
    finished.push({ at: Date.now(), bytes: encodedDataLength }),
  )
  await page.addInitScript(noteFirstRun)
  await page.goto(address)
  await page.waitForFunction(() => window.firstRunAt !== undefined)
  const at = await page.evaluate(() => ({ run: window.firstRunAt, origin: performance.timeOrigin }))
  const transferred = finished
    .filter((item) => item.at <= at.origin + at.run)
    .reduce((sum, { bytes }) => sum + bytes, 0)
  return { page, context, firstVisit: at.run, transferred, run: await ownRun(page) }
}

/**
 * Milliseconds of the run behind the first build: the first of this page's worker, whole (project files, plugin started,
 * request, trace, findings). Before it the page shows the run it was shipped with, and how long that took when the app was
 * built.
 */
async function ownRun(page) {
  const runTime = () => / events? in ([\d.]+) ms/.exec(document.querySelector('footer')?.textContent ?? '')?.[1]
  const shipped = await page.evaluate(runTime)
  const own = await page.waitForFunction(
    (before) => {
      const text = document.querySelector('footer')?.textContent ?? ''
      const time = / events? in ([\d.]+) ms/.exec(text)?.[1]
      return text.includes('built in') && time !== before ? time : undefined
    },
    shipped,
    { timeout: 120_000 },
  )
  return Number(await own.jsonValue())
}

try {
  const seen = []
  for (let count = 0; count < visits; count++) {
    const { context, ...numbers } = await visit()
    seen.push(numbers)
    await context.close()
  }
  const { page, context } = await visit()
  await page
    .getByRole('contentinfo')
    .getByText(/built in/)
    .waitFor({ timeout: 120_000 })
  // Line 11 of the sample ends in: 'x-seen-by', 'hello')
  const measured = await typedEdits(page, { line: 11, value: 'hello', edits, warmUp: 3 })
  await context.close()
  const pick = (list, name) => median(list.map((item) => item[name]))
  console.log(
    JSON.stringify({
      edit: pick(measured, 'trace'),
      compiler: pick(measured, 'compiler'),
      firstVisit: pick(seen, 'firstVisit'),
      transferred: pick(seen, 'transferred'),
      firstRun: pick(seen, 'run'),
    }),
  )
} finally {
  await browser.close()
  stop()
}
