// Go in a page whose compiler is awake: an edit until its trace is on the screen, and an error until it is marked.
import { readFileSync } from 'node:fs'
import { median } from './median.mjs'
import { typedEdits } from './typed-edits.mjs'

const edits = 12
/** The first of them meet code that the browser has not optimised yet. */
const warmUp = 4

/**
 * Edits the text "world" of the file in the editor, one character each time; `source` is that file. The times of each edit
 * but the first ones: until its trace is shown, from the end of the debounce, and what compiler and linker took of it.
 */
export async function warmEdits(page, source) {
  const lines = readFileSync(source, 'utf8').split('\n')
  const line = lines.findIndex((text) => text.includes('"world"')) + 1
  return await typedEdits(page, { line, value: 'world', edits, warmUp })
}

/**
 * Makes a constant of the warm plugin a wrong one with one key, again and again: milliseconds from that key to the marker below
 * it on the screen.
 */
export async function diagnostics(page) {
  const marker = page.locator('.squiggly-error')
  await page.keyboard.press('ControlOrMeta+End')
  await page.keyboard.type('\nconst half int = 1.')
  await page.waitForTimeout(3000)
  const measured = []
  for (let count = 0; count < edits; count++) {
    await page.evaluate(() => {
      window.marked = new Promise((resolve) => {
        let began
        document.addEventListener('keydown', () => (began = performance.now()), { capture: true, once: true })
        const observer = new MutationObserver(() => {
          if (document.querySelector('.squiggly-error') === null) return
          observer.disconnect()
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)))
        })
        observer.observe(document.body, {
          childList: true,
          subtree: true,
          attributes: true,
          attributeFilter: ['class'],
        })
      })
    })
    await page.keyboard.type('5')
    const milliseconds = await page.evaluate(() => window.marked)
    if (count >= warmUp) measured.push(milliseconds)
    await page.keyboard.press('Backspace')
    await marker.first().waitFor({ state: 'detached' })
    await page.waitForTimeout(500)
  }
  return median(measured)
}
