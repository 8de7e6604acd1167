import type { GoSdk } from '../project/types.ts'

/** A Go source file that can be a plugin's only one. */
export type GoProgram = {
  /** What the program calls itself, made fit for a plugin's name; undefined when it does not say. */
  readonly name: string | undefined
  readonly sdk: GoSdk
}

const BEFORE_PACKAGE = /^\ufeff?(?:\s|\/\/[^\n]*\n|\/\*[\s\S]*?\*\/)*package[ \t]+main\b/

/** A pasted or dropped text that is a Go program: its API by what it imports, its name by what it registers as. */
export function recogniseGoProgram(text: string): GoProgram | undefined {
  if (!BEFORE_PACKAGE.test(text)) return undefined
  const called = /\.SetCtx(?:WithOptions)?\(\s*(?:\/\/[^\n]*\s*)*"([^"\n]+)"/.exec(text)?.[1] ?? ''
  const name = called.replace(/[^\w.-]+/g, '-').replace(/^[^A-Za-z0-9]+|-+$/g, '')
  return { name: name === '' ? undefined : name, sdk: sdkOf(text) }
}

function sdkOf(text: string): GoSdk {
  if (/"github\.com\/(?:tetratelabs\/proxy-wasm-go-sdk|mathetake\/proxy-wasm-go)\//.test(text)) return 'tinygo'
  return /"github\.com\/proxy-wasm\/proxy-wasm-go-sdk\//.test(text) ? 'proxy-wasm' : 'higress'
}
