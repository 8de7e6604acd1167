import type { GoSdk } from '../../compile-worker/api.ts'
import { goStarter } from './starters-go.ts'

const assemblyscript = `import { HeaderAction, HttpContext, RootContext, registerHttpContext } from '@proxyground/sdk'
export * from '@proxyground/sdk/proxy'

class Plugin extends HttpContext {
  onResponseHeaders(count: u32, endOfStream: bool): HeaderAction {
    this.responseHeaders.add('x-plugin', 'hello')
    return HeaderAction.Continue
  }
}

registerHttpContext((id, root) => new Plugin(id, root))
`

const wat = `(module
  ;; The gateway finds the ABI by this export.
  (func (export "proxy_abi_version_0_2_1"))
  (memory (export "memory") 1)
  (global $next (mut i32) (i32.const 1024))

  ;; The gateway asks for memory to hand over results.
  (func (export "proxy_on_memory_allocate") (param $size i32) (result i32)
    (local $at i32)
    (local.set $at (global.get $next))
    (global.set $next (i32.add (global.get $next) (local.get $size)))
    (local.get $at))

  (func (export "proxy_on_context_create") (param i32 i32))

  ;; 0 is Continue.
  (func (export "proxy_on_request_headers") (param $context i32) (param $count i32) (param $end i32) (result i32)
    (i32.const 0)))
`

/** A language that compiles here, and for Go the API to write against. */
export type StarterLanguage =
  | { readonly language: 'assemblyscript' | 'wat' }
  | { readonly language: 'go'; readonly sdk: GoSdk }

/** First files of a new plugin, by path inside its folder. */
export function starterFiles(name: string, starter: StarterLanguage): Readonly<Record<string, string>> {
  switch (starter.language) {
    case 'assemblyscript':
      return { 'plugin.ts': assemblyscript }
    case 'wat':
      return { 'plugin.wat': wat }
    case 'go':
      return { 'main.go': goStarter(name, starter.sdk) }
  }
}
