import { joinGoPieces } from './go-panic.ts'

/** What is known of a log entry: of a report or of the page. `at` is its time, in any unit. */
type Entry = { readonly plugin: string; readonly level: string; readonly message: string; readonly at: number }

const START = /^(?:panic|fatal error): /
/** What the emulator says of the trap itself, after the guest's last words. */
const TRAPPED = /^Function: \w+ failed: /

/**
 * Log entries with each panic of Go as one entry, whose message has several lines. A gateway logs every piece that Go's
 * runtime writes of a panic as an entry of its own, some forty of them. What other goroutines did is left out.
 */
export function withWholePanics<Log extends Entry>(logs: readonly Log[]): readonly Log[] {
  const whole: Log[] = []
  for (let at = 0; at < logs.length; ) {
    const log = logs[at]
    if (log === undefined) break
    const end = log.level === 'error' && START.test(log.message) ? panicEnd(logs, at) : at
    const pieces = logs.slice(at, end + 1).map(({ message }) => message)
    whole.push(end === at ? log : { ...log, message: firstGoroutine(joinGoPieces(pieces)) })
    at = end + 1
  }
  return whole
}

/** The lines of a panic's message; any other message is one line, whatever it holds. */
export const panicLines = (message: string): readonly string[] =>
  START.test(message) ? message.split('\n') : [message]

/** The last entry of a panic's text. */
function panicEnd(logs: readonly Entry[], start: number): number {
  const { plugin, at } = logs[start] ?? {}
  let end = start
  for (let next = logs[end + 1]; next !== undefined; next = logs[end + 1]) {
    if (next.level !== 'error' || next.plugin !== plugin || next.at !== at || TRAPPED.test(next.message)) break
    end++
  }
  return end
}

function firstGoroutine(text: string): string {
  const lines = text.trimEnd().split('\n')
  const [, second = lines.length] = lines.flatMap((line, index) => (/^goroutine \d+ /.test(line) ? [index] : []))
  return lines
    .slice(0, second)
    .filter((line) => line !== '')
    .join('\n')
}
