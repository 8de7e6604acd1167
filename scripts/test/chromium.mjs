// The real browser of the e2e tests: Debian's package, installed when we may; elsewhere the one command is printed.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const candidates = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

export const findChromium = () => [process.env.CHROMIUM_PATH, ...candidates].find((path) => path && existsSync(path))

const hasChineseFont = () => {
  const list = spawnSync('fc-list', [':lang=zh'], { encoding: 'utf8' })
  return list.status === 0 && list.stdout.trim() !== ''
}

/** Makes sure that a Chromium and Chinese glyphs are there; returns the browser's path, or undefined after saying what to do. */
export function ensureChromium() {
  const missing = []
  if (!findChromium()) missing.push('chromium')
  if (process.platform === 'linux' && !hasChineseFont()) missing.push('fonts-noto-cjk', 'fontconfig')
  if (missing.length === 0) return findChromium()
  const isRoot = process.getuid?.() === 0
  if (isRoot && existsSync('/usr/bin/apt-get')) {
    console.log(`Installing ${missing.join(', ')} with apt-get …`)
    const apt = (...args) =>
      spawnSync('apt-get', args, {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      })
    apt('update')
    apt('install', '-y', '--no-install-recommends', ...missing)
  }
  const found = findChromium()
  if (!found) {
    console.error('The browser tests need Chromium. Install it and run the tests again:')
    console.error(
      process.platform === 'linux'
        ? '  sudo apt-get update && sudo apt-get install -y chromium fonts-noto-cjk'
        : '  npx playwright install chromium   (then set CHROMIUM_PATH to it), or install Google Chrome',
    )
  } else if (process.platform === 'linux' && !hasChineseFont()) {
    console.log('Chinese text will show as boxes: sudo apt-get install -y fonts-noto-cjk')
  }
  return found
}
