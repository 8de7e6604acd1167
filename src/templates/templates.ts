/// <reference types="vite/client" />
import type { TemplateName } from './gallery.ts'

const texts: Record<string, string> = import.meta.glob(
  ['./*/proxyground.yaml', './*/plugins/**/*', './*/scenarios/*.yaml'],
  { query: '?raw', import: 'default', eager: true },
)

/** The files of an example's project by path, e.g. `plugins/hello/plugin.ts`; the project file first. */
export function templateFiles(name: TemplateName): Readonly<Record<string, string>> {
  const root = `./${name}/`
  const files = Object.entries(texts).filter(([path]) => path.startsWith(root))
  const depth = (path: string) => (path.endsWith('/proxyground.yaml') ? 0 : path.includes('/plugins/') ? 1 : 2)
  return Object.fromEntries(
    files
      .sort(([a], [b]) => depth(a) - depth(b) || (a < b ? -1 : 1))
      .map(([path, text]) => [path.slice(root.length), text]),
  )
}
