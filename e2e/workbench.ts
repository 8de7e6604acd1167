/** The screen in the words of who uses it. Every step waits for what it says, never for a time. */
import { expect, type Locator, type Page } from '@playwright/test'

export type Workbench = ReturnType<typeof workbench>

export function workbench(page: Page) {
  const run = page.getByRole('region', { name: 'Run', exact: true })
  const timeline = page.getByRole('treegrid', { name: 'Timeline of the request' })
  const status = page.getByRole('contentinfo')
  const editor = page.getByRole('region', { name: 'Editor', exact: true })

  return {
    page,
    run,
    timeline,
    status,

    /** Opens the app (or a link to a project, whose plugin is compiled first) and waits for a finished run. */
    async open(address = '/'): Promise<void> {
      await page.goto(address)
      await expect(timeline.getByRole('row').first()).toBeVisible({ timeout: 90_000 })
    },

    /** The sentence about how the run ended. */
    verdict: (): Locator => run.getByRole('status').getByRole('heading'),

    /** A row of the timeline that has all of this text. */
    row: (text: string | RegExp): Locator => timeline.getByRole('row').filter({ hasText: text }),

    /** Waits until Monaco has taken over from the static view, and the compiler has built what the page shows. */
    async readyToEdit(): Promise<void> {
      await expect(editor.getByRole('textbox', { name: 'Editor content' })).toBeAttached()
      await expect(status).toContainText(/built in/, { timeout: 60_000 })
      await page.evaluate(() => document.fonts.ready)
    },

    /** Selects the last `word` (an identifier) of the first line that has `line`: double-clicks it. */
    async selectWord(line: string | RegExp, word: string): Promise<void> {
      // Until it is selected: a line may still move between the look and the click.
      await expect(async () => {
        const place = await editor.locator('.view-line').filter({ hasText: line }).first().evaluate(placeOfWord, word)
        await page.mouse.dblclick(place.x, place.y)
        await expect(editor.locator('.monaco-editor.focused .selected-text').first()).toBeAttached({ timeout: 1000 })
      }).toPass()
    },

    /** Selects a word like `selectWord` and types. Each key is an edit of its own, and may be built. */
    async changeWord(line: string | RegExp, word: string, replacement: string): Promise<void> {
      await this.selectWord(line, word)
      await page.keyboard.type(replacement)
    },

    /** The same in one edit, as pasting does it: one build. */
    async pasteWord(line: string | RegExp, word: string, replacement: string): Promise<void> {
      await this.selectWord(line, word)
      await page.keyboard.insertText(replacement)
    },

    async openExample(name: string): Promise<void> {
      await page.getByRole('button', { name: 'Examples', exact: true }).click()
      await page
        .getByRole('dialog')
        .getByRole('button', { name: new RegExp(`^${name}`) })
        .click()
    },

    /** Chooses Timeline, Response, Upstream, Logs, State or Tests. */
    async look(side: string): Promise<void> {
      await run.getByRole('tab', { name: new RegExp(`^${side}`) }).click()
    },

    /** The link of the share sheet. */
    async shareLink(): Promise<string> {
      await page.getByRole('button', { name: 'Share', exact: true }).click()
      const link = await page.getByRole('dialog').getByRole('textbox', { name: 'Link' }).inputValue()
      await page.keyboard.press('Escape')
      return link
    },

    /** The whole trace hash of the run on the screen. */
    async traceHash(): Promise<string> {
      const title = await status.getByTitle(/^Trace hash /).getAttribute('title')
      const hash = /[0-9a-f]{8,}/.exec(title ?? '')?.[0]
      if (hash === undefined) throw new Error(`There is no trace hash in ${title}`)
      return hash
    },
  }
}

/** The middle of the last `word` in a line of the editor, whose tokens are spans of their own. Runs in the page. */
function placeOfWord(line: Element, word: string): { x: number; y: number } {
  const texts = document.createTreeWalker(line, NodeFilter.SHOW_TEXT)
  let place: { x: number; y: number } | undefined
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    const at = (node.textContent ?? '').lastIndexOf(word)
    if (at < 0) continue
    const range = document.createRange()
    range.setStart(node, at)
    range.setEnd(node, at + word.length)
    const box = range.getBoundingClientRect()
    place = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  }
  if (place === undefined) throw new Error(`"${word}" is not in "${line.textContent}"`)
  return place
}
