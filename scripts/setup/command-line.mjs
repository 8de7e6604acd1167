// The options of our commands that take some. What is not one of them, or not of its kind, is refused: a command that
// fell back to a default would prove something else than it was asked for.
import { parseArgs } from 'node:util'

/**
 * @param {string} usage what `--help` prints: the command, and a line for each option
 * @param {Record<string, number | string | boolean | undefined>} defaults option → its value when it is not given; its
 *   type is what may be given: a whole number from 0 on, a text, or nothing (`false`). `undefined`: a text, or none
 * @param {readonly string[]} words what was typed
 * @returns {{ values: Record<string, any> } | { said: string, status: 0 | 2 }} the values, or what to say and exit with
 */
export function readCommandLine(usage, defaults, words) {
  const options = Object.fromEntries(
    Object.entries(defaults).map(([name, value]) => [
      name,
      { type: typeof value === 'boolean' ? 'boolean' : 'string' },
    ]),
  )
  const refused = (why) => ({ said: `${why}\n\n${usage}`, status: 2 })
  let given
  try {
    given = parseArgs({ args: [...words], options: { ...options, help: { type: 'boolean' } } }).values
  } catch (error) {
    return refused(error.message)
  }
  if (given.help) return { said: usage, status: 0 }
  const values = { ...defaults, ...given }
  for (const [name, standard] of Object.entries(defaults)) {
    if (typeof standard !== 'number' || !(name in given)) continue
    if (!/^\d{1,10}$/.test(given[name]))
      return refused(`--${name} takes a whole number, not ${given[name] || 'nothing'}.`)
    values[name] = Number(given[name])
  }
  return { values }
}

/** The options of this process; says what is wrong with them, or `usage`, and exits. */
export function commandLine(usage, defaults) {
  const read = readCommandLine(usage, defaults, process.argv.slice(2))
  if ('values' in read) return read.values
  console[read.status === 0 ? 'log' : 'error'](read.said)
  process.exit(read.status)
}
