/**
 * What every spec starts from: a fresh profile on our server, and a watch that fails the test on any console error,
 * uncaught exception, policy violation or request that leaves the machine.
 */
import { test as base, expect, type Page } from '@playwright/test'
import { type Workbench, workbench } from './workbench.ts'

export type Watch = {
  /** Problems seen so far; the test fails at its end when there are any. */
  readonly problems: string[]
  /** Says that a problem with this text is what the test is about. */
  allow(text: RegExp): void
}

export type Servers = {
  /** Our server with the built app. */
  readonly served: string
  /** The same files on a static host without headers, below a path. */
  readonly staticHost: string
}

function needed(name: string): string {
  const value = process.env[name]
  if (value === undefined) throw new Error(`${name} is not set: the suite starts its servers in e2e/harness/servers.ts`)
  return value
}

async function watchPage(page: Page, watch: Watch): Promise<void> {
  page.on('console', (message) => {
    if (message.type() === 'error') watch.problems.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => watch.problems.push(`uncaught: ${error.stack ?? error.message}`))
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url())
    const local = hostname === '127.0.0.1' || ['data:', 'blob:'].includes(protocol)
    if (!local) watch.problems.push(`request to ${request.url()}`)
  })
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy violation: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`)
    })
  })
}

export const test = base.extend<{ servers: Servers; watch: Watch; app: Workbench }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter list
  servers: async ({}, use) => {
    await use({ served: needed('PROXYGROUND_URL'), staticHost: needed('PROXYGROUND_STATIC_URL') })
  },
  watch: [
    async ({ page }, use) => {
      const allowed: RegExp[] = []
      const watch: Watch = { problems: [], allow: (text) => allowed.push(text) }
      await watchPage(page, watch)
      await use(watch)
      expect(watch.problems.filter((problem) => !allowed.some((text) => text.test(problem)))).toEqual([])
    },
    { auto: true },
  ],
  app: async ({ page }, use) => {
    await use(workbench(page))
  },
  baseURL: async ({ servers }, use) => {
    await use(servers.served)
  },
})

export { expect }
