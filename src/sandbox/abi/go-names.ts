/** The package ends at the first dot after the last slash outside of type arguments. */
export function packageOf(name: string): string {
  const plain = name.replace(/\[.*$/, '')
  const slash = plain.lastIndexOf('/')
  const dot = plain.indexOf('.', slash + 1)
  return dot < 0 ? plain : plain.slice(0, dot).replace(/%2e/g, '.')
}

/** Modules that the bundle holds (`sdk/go`): ours, and those they need. */
const bundled =
  /^(?:proxyground\.dev|github\.com\/(?:higress-group|proxy-wasm|tetratelabs|tidwall|google\/uuid)|google\.golang\.org|gopkg\.in)(?:\/|$)/

/**
 * Whether a function of this package is the plugin's own: not of Go's runtime and library, not of the SDK or a module of
 * the bundle. `file` is as the compiler was told.
 */
export function isOwnGo(owner: string, file: string): boolean {
  if (owner === 'main') return true
  if (bundled.test(owner) || /\/src\/(?:runtime|internal)\//.test(file)) return false
  // Paths of the standard library have no dot in their first part; trimmed, its files are named after the package.
  const standard = /^[^./]+(?:\/|$)/.test(owner)
  return !(standard && (file.startsWith(`${owner}/`) || /\/go[^/]*\/src\//.test(file)))
}

/** A name without the type arguments of its generics, as Go's tracebacks write it: `wrapper.SetCtx[...]`. */
export function withoutTypeArguments(name: string): string {
  let text = ''
  let depth = 0
  for (const letter of name) {
    if (letter === '[' && depth++ === 0) text += '[...]'
    if (depth === 0) text += letter
    if (letter === ']' && depth > 0) depth--
  }
  return text
}
