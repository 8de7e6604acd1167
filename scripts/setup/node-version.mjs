// The oldest Node that everything here runs on (package.json, "engines").
const oldest = [20, 19]

/** Ends the process with a sentence when this Node is too old. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return
  console.error(
    `Proxyground needs Node ${oldest.join('.')} or newer; this is ${process.version} (${process.execPath}).`,
  )
  console.error('Install a current Node from your package manager or nodejs.org, then run the command again.')
  process.exit(2)
}
