// Edits of a header's value, typed into the page one character at a time, each timed until its trace is on the screen.

/** src/ui/commands/live.ts; the promise counts from its end. */
const debounceMs = 25

/**
 * Types letters behind `value`, which stands before the last quote and closing bracket of a line (1-based) of the file in the
 * editor. Of each edit but the first `warmUp`, which meet code that the browser has not optimised yet: milliseconds from the end
 * of the debounce until its row is shown, and what the compiler took of it.
 */
export async function typedEdits(page, { line, value, edits, warmUp }) {
  await page.getByRole('textbox', { name: 'Editor content' }).focus()
  await page.keyboard.press('ControlOrMeta+Home')
  for (let count = 1; count < line; count++) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('End')
  for (let count = 0; count < 2; count++) await page.keyboard.press('ArrowLeft')
  const measured = []
  let typed = value
  for (let count = 0; count < edits; count++) {
    typed += 'abcdefghijklmnopqrstuvwxyz'[count]
    const result = await edit(page, typed)
    if (count >= warmUp) measured.push(result)
  }
  return measured
}

/** Types the last character of `text` and waits for the row that shows all of it. */
async function edit(page, text) {
  await page.evaluate((wanted) => {
    window.edited = new Promise((resolve) => {
      const grid = document.querySelector('[role=treegrid]').parentElement
      let began
      document.addEventListener(
        'keydown',
        () => {
          began ??= performance.now()
        },
        { capture: true, once: true },
      )
      const observer = new MutationObserver(() => {
        if (!grid.textContent.includes(wanted)) return
        observer.disconnect()
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)))
      })
      observer.observe(document.body, { childList: true, subtree: true, characterData: true })
    })
  }, text)
  await page.keyboard.type(text.at(-1))
  const milliseconds = await page.evaluate(() => window.edited)
  const compiler = Number(/built in ([\d.]+) ms/.exec(await page.getByRole('contentinfo').textContent())?.[1])
  return { trace: milliseconds - debounceMs, compiler }
}
