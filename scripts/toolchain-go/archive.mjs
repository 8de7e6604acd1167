// Go's package archives (`!<arch>` of two entries: `__.PKGDEF`, what importers read, and `_go_.o`, what the linker reads).

const magic = '!<arch>\n'
const headerBytes = 60

/** The entries of an archive, as views on its bytes. */
export function archiveEntries(bytes) {
  if (bytes.toString('latin1', 0, magic.length) !== magic) throw new Error('not a Go archive')
  const entries = []
  for (let at = magic.length; at + headerBytes <= bytes.length; ) {
    const name = bytes.toString('latin1', at, at + 16).trim()
    const size = Number(bytes.toString('latin1', at + 48, at + 58))
    entries.push({ name, start: at, content: bytes.subarray(at + headerBytes, at + headerBytes + size) })
    at += headerBytes + size + (size % 2)
  }
  return entries
}

/** The archive that only importers need: its first entry, without the objects. */
export function exportArchive(bytes) {
  const [first] = archiveEntries(bytes)
  if (first?.name !== '__.PKGDEF') throw new Error(`a Go archive begins with ${first?.name}, not with __.PKGDEF`)
  const end = first.start + headerBytes + first.content.length
  return bytes.subarray(0, end + (first.content.length % 2))
}

/** The archive as the linker reads it: of `__.PKGDEF` it looks at the first lines only, up to the export data. */
export function objectArchive(bytes) {
  const [first] = archiveEntries(bytes)
  const lines = first.content.indexOf('\n$$B\n', 0, 'latin1')
  if (first.name !== '__.PKGDEF' || lines < 0) return bytes
  const content = Buffer.concat([first.content.subarray(0, lines), Buffer.from('\n$$B\n')])
  const header = Buffer.from(bytes.subarray(first.start, first.start + headerBytes))
  header.write(String(content.length).padEnd(10), 48, 'latin1')
  const rest = first.start + headerBytes + first.content.length + (first.content.length % 2)
  const parts = [
    bytes.subarray(0, first.start),
    header,
    content,
    Buffer.alloc(content.length % 2),
    bytes.subarray(rest),
  ]
  return Buffer.concat(parts)
}
