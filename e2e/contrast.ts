/** Runs in the page: every visible text whose colour is too close to what it stands on (WCAG 2.2, 1.4.3). */
export function faintTexts(): string[] {
  type Colour = readonly [red: number, green: number, blue: number, alpha: number]
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  const known = new Map<string, Colour>()
  const colourOf = (css: string): Colour => {
    const seen = known.get(css)
    if (seen !== undefined || canvas === null) return seen ?? [0, 0, 0, 1]
    canvas.clearRect(0, 0, 1, 1)
    canvas.fillStyle = css
    canvas.fillRect(0, 0, 1, 1)
    const [red = 0, green = 0, blue = 0, alpha = 0] = canvas.getImageData(0, 0, 1, 1).data
    const colour: Colour = [red, green, blue, alpha / 255]
    known.set(css, colour)
    return colour
  }
  const over = (top: Colour, below: Colour): Colour => [
    top[0] * top[3] + below[0] * (1 - top[3]),
    top[1] * top[3] + below[1] * (1 - top[3]),
    top[2] * top[3] + below[2] * (1 - top[3]),
    1,
  ]
  const light = (part: number) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4)
  const luminance = ([red, green, blue]: Colour) => 0.2126 * light(red) + 0.7152 * light(green) + 0.0722 * light(blue)
  const groundOf = (element: Element | null): Colour => {
    if (element === null) return [255, 255, 255, 1]
    const own = colourOf(getComputedStyle(element).backgroundColor)
    return own[3] === 1 ? own : over(own, groundOf(element.parentElement))
  }
  const opacityOf = (element: Element | null): number =>
    element === null ? 1 : Number(getComputedStyle(element).opacity) * opacityOf(element.parentElement)

  const faint: string[] = []
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    const element = node.parentElement
    const text = (node.textContent ?? '').trim()
    if (
      element === null ||
      text === '' ||
      element.closest(
        'svg, canvas, script, style, :disabled, [aria-hidden=true], .xterm-accessibility, .live-region',
      ) !== null
    )
      continue
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue
    const style = getComputedStyle(element)
    const ground = groundOf(element)
    const ink = colourOf(style.color)
    const seen = over([ink[0], ink[1], ink[2], ink[3] * opacityOf(element)], ground)
    const [high, low] = [luminance(seen), luminance(ground)].sort((a, b) => b - a)
    const ratio = ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05)
    const large = Number.parseFloat(style.fontSize) >= 24
    if (ratio < (large ? 3 : 4.5)) faint.push(`${ratio.toFixed(2)} ${element.className} ${text.slice(0, 40)}`)
  }
  return [...new Set(faint)]
}
