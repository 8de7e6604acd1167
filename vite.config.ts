import react from '@vitejs/plugin-react'
import fastify from 'fastify'
import { defineConfig, type Plugin } from 'vite'
import { headersFor, pagePolicy } from './build-service/headers.ts'
import { toolchainRoute } from './build-service/routes/toolchains.ts'

/** Worker entries are named after their role, so that the server can give each its own policy (build-service/headers.ts). */
function workerFileName(chunk: { name: string; facadeModuleId?: string | null }): string {
  const from = (chunk.facadeModuleId ?? '').replace(/\\/g, '/')
  const role = /\/src\/sandbox\//.test(from)
    ? 'sandbox-worker'
    : /\/src\/compile-worker\//.test(from)
      ? 'compile-worker'
      : /(editor|ts|json|yaml)\.worker/.exec(from)?.[0]
  return `assets/${role ?? `${chunk.name}.worker`}-[hash].js`
}

/**
 * The page's policy inside the page, so that the built app is as closed on a static host that sends no headers; and
 * whether workers come with a policy of their own. A static host sends none: they then inherit the page's (the server
 * sends a copy of this page that says `own`, see scripts/build.mjs).
 */
function policyMeta(): Plugin {
  return {
    name: 'proxyground:policy-meta',
    transformIndexHtml: (_html, context) => {
      const served = context.server !== undefined
      const workers = { tag: 'meta', attrs: { name: 'worker-policy', content: served ? 'own' : 'inherit' } }
      const policy = { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: pagePolicy } }
      return (served ? [workers] : [policy, workers]).map((tag) => ({ ...tag, injectTo: 'head-prepend' as const }))
    },
  }
}

/**
 * The server's headers in development and preview. In development only the page's own policy is left out (hot reload
 * needs inline scripts and a socket); workers have theirs, as in production.
 */
function policyHeaders(): Plugin {
  const role = (url: string): string => {
    const path = url.replace(/[?#].*$/, '').replace(/^\//, '')
    if (!url.includes('worker_file')) return path
    if (path.startsWith('src/sandbox/')) return 'sandbox-worker.js'
    if (path.startsWith('src/compile-worker/')) return 'compile-worker.js'
    return 'editor.worker.js'
  }
  return {
    name: 'proxyground:headers',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = role(request.url ?? '/')
        for (const [name, value] of Object.entries(headersFor(path))) {
          if (name !== 'content-security-policy' || path.includes('worker.js')) response.setHeader(name, value)
        }
        next()
      })
    },
    configurePreviewServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = (request.url ?? '/').replace(/[?#].*$/, '').replace(/^\//, '')
        for (const [name, value] of Object.entries(headersFor(path))) response.setHeader(name, value)
        next()
      })
    },
  }
}

/** The toolchains in development, from where the server has them. */
function toolchains(): Plugin {
  return {
    name: 'proxyground:toolchains',
    async configureServer(server) {
      const app = fastify()
      app.register(toolchainRoute, {
        prefix: '/toolchains/go',
        folder: `${server.config.root}/.cache/toolchain-go/bundle`,
      })
      await app.ready()
      server.middlewares.use((request, response, next) => {
        if ((request.url ?? '').startsWith('/toolchains/')) app.routing(request, response)
        else next()
      })
    },
  }
}

/** The compilers look for Node's modules only when they run in Node: Vite need not say so for each of them. */
function withoutExpected<Level, Log extends { message: string }>(
  level: Level,
  log: Log,
  report: (level: Level, log: Log) => void,
) {
  if (!log.message.includes('externalized for browser compatibility')) report(level, log)
}

export default defineConfig({
  // Relative, so that the built app works below any path of any static host.
  base: './',
  plugins: [react(), policyMeta(), policyHeaders(), toolchains()],
  build: {
    outDir: 'dist/web',
    target: 'esnext',
    // Binaryen and Monaco are large by nature and load after first paint.
    chunkSizeWarningLimit: 16_000,
    reportCompressedSize: false,
    modulePreload: { polyfill: false },
    rolldownOptions: { checks: { pluginTimings: false }, onLog: withoutExpected },
  },
  worker: {
    format: 'es',
    rolldownOptions: {
      checks: { pluginTimings: false },
      onLog: withoutExpected,
      output: { entryFileNames: workerFileName, chunkFileNames: 'assets/[name]-[hash].js', topLevelVar: false },
    },
  },
  // Only workers import these: found late, they would reload the page while the compiler starts.
  optimizeDeps: {
    include: [
      'assemblyscript/asc',
      'wabt',
      '@noble/hashes/sha2.js',
      '@noble/hashes/utils.js',
      'comlink',
      '@bjorn3/browser_wasi_shim',
      'yaml',
      'zod',
      're2js',
      'fflate',
    ],
  },
  server: { host: '127.0.0.1', port: 5173 },
  preview: { host: '127.0.0.1' },
})
