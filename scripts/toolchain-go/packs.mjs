// A pack is many small files in one: the length of the index (4 bytes, little endian), the index as JSON
// `{ name: [offset, length] }` with offsets from the end of the index, then the contents.

/** `files`: pairs of name and content, in the order in which they compress best (like beside like). */
export function pack(files) {
  const index = {}
  let offset = 0
  for (const [name, content] of files) {
    index[name] = [offset, content.length]
    offset += content.length
  }
  const head = Buffer.from(JSON.stringify(index))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(head.length)
  return Buffer.concat([length, head, ...files.map(([, content]) => content)])
}

/**
 * The pack that a package's objects are in: what a lean plugin needs, what the Higress wrapper adds to that, and the rest
 * by its first path element, each fetched when a plugin links it.
 */
export function objectGroups(packages) {
  const byPath = new Map(packages.map((entry) => [entry.ImportPath, entry]))
  const closure = (roots) => new Set(roots.flatMap((root) => [root, ...(byPath.get(root)?.Deps ?? [])]))
  const lean = closure(['runtime', 'fmt', 'strings', 'strconv', 'github.com/tidwall/gjson', 'github.com/tidwall/sjson'])
  for (const path of closure([...byPath.keys()].filter((path) => /proxy-wasm-go-sdk\/proxywasm(?:\/|$)/.test(path))))
    lean.add(path)
  const wrapper = closure([...byPath.keys()].filter((path) => /\/wasm-go\/pkg\/(?:wrapper|log|matcher)$/.test(path)))
  return (path) => {
    if (lean.has(path)) return 'core'
    if (wrapper.has(path)) return 'wrapper'
    const { Standard } = byPath.get(path) ?? {}
    const parts = path.replace(/^vendor\//, '').split('/')
    return Standard === true ? parts[0] : parts.slice(0, 3).join('-')
  }
}
