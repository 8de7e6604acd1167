/**
 * The response headers of everything we serve, in one table: used by the server, by `vite` in development and preview,
 * and (the page's policy) as a `<meta>` in the built index.html for static hosts without headers. Source: design 4.6.
 */

type Policy = Readonly<Record<string, string>>

const write = (policy: Policy): string =>
  Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ')

/** The page. `unsafe-inline` styles are what Monaco and xterm need; scripts are never inline. */
const page: Policy = {
  'default-src': "'none'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'style-src': "'self' 'unsafe-inline'",
  'worker-src': "'self' blob:",
  'connect-src': "'self'",
  'img-src': "'self' data: blob:",
  'font-src': "'self' data:",
  'manifest-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
}

/** Where guests run: wasm and our own code, and no way out (a page's policy does not cover its workers: seen). */
const sandboxWorker: Policy = {
  'default-src': "'none'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'connect-src': "'none'",
}

/**
 * The compilers, which are wasm. They reach this site only, where the toolchains are (`toolchains/`). The bundler inlines
 * a small wasm module of asc as a `data:` address that is fetched, hence `data:`.
 */
const compileWorker: Policy = { ...sandboxWorker, 'connect-src': "'self' data:" }

/** Monaco's language services start no further workers and fetch nothing: everything is in their bundle. */
const editorWorker: Policy = { 'default-src': "'none'", 'script-src': "'self'", 'connect-src': "'none'" }

/** Policies by the file name of the built chunk (vite.config.ts names worker entries after their role). */
const workers: readonly (readonly [role: RegExp, policy: Policy])[] = [
  [/(^|\/)sandbox-worker\b/, sandboxWorker],
  [/(^|\/)compile-worker\b/, compileWorker],
  [/(^|\/)(editor|ts|json|yaml|language)[.-]worker\b/, editorWorker],
  // A worker nobody told this table about gets the strictest policy, and fails where it can be seen.
  [/[.-]worker\b[^/]*\.js$/, sandboxWorker],
]

/** The page's policy as text, for the `<meta http-equiv>` of the built page (which cannot hold frame-ancestors). */
export const pagePolicy = write(page)

/** The Content-Security-Policy of one path below the site's root, e.g. `assets/sandbox-worker-AbC.js`. */
export function policyFor(path: string): string {
  const worker = workers.find(([role]) => role.test(path))
  if (worker) return write(worker[1])
  return write({ ...page, 'frame-ancestors': "'self'" })
}

/** Everything but caching, for one path below the site's root. Names are lower-case. */
export function headersFor(path: string): Readonly<Record<string, string>> {
  return {
    'content-security-policy': policyFor(path),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), browsing-topics=()',
  }
}

/** A name with a content hash never changes its content; everything else is asked for again each time. */
export function cacheControlFor(path: string): string {
  const hashed = /^assets\/.+-[\w-]{8}\.\w+$/.test(path) || /^toolchains\/.+-[0-9a-f]{16}\.[\w.]+$/.test(path)
  return hashed ? 'public, max-age=31536000, immutable' : 'no-cache'
}
