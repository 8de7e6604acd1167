/// <reference types="vite/client" />
/** The text of our SDK, bundled with the compiler: what `import … from '@proxyground/sdk'` finds. */
const files: Record<string, string> = import.meta.glob('../../sdk/assemblyscript/**/*.ts', {
  query: '?raw',
  import: 'default',
  eager: true,
})

const ROOT = '../../sdk/assemblyscript/'

/** By path as asc asks for it: `node_modules/@proxyground/sdk/index.ts`. */
export const sdkSources: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(files)
    .filter(([path]) => path.startsWith(ROOT) && !path.endsWith('.test.ts'))
    .map(([path, text]) => [`node_modules/@proxyground/sdk/${path.slice(ROOT.length)}`, text]),
)
