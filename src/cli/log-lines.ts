import type { ScenarioReport } from '../model/report.ts'
import { joinGoPieces } from '../sandbox/explain/go-panic.ts'

type Log = ScenarioReport['logs'][number]

const START = /^(?:panic|fatal error): /
/** What the emulator says of the trap itself, after the guest's last words. */
const TRAPPED = /^Function: \w+ failed: /

/**
 * Log entries as lines. A gateway logs each piece that Go's runtime writes of a panic as an entry of its own, some forty
 * of them: here they are the text again that they are pieces of. What other goroutines did is left out.
 */
export function logLines(logs: readonly Log[]): readonly string[] {
  const lines: string[] = []
  for (let at = 0; at < logs.length; ) {
    const log = logs[at]
    if (log === undefined) break
    const end = log.level === 'error' && START.test(log.message) ? panicEnd(logs, at) : at
    if (end === at) lines.push(`[${log.level}] ${log.plugin}: ${log.message}`)
    else
      lines.push(
        ...panicLines(
          log,
          logs.slice(at, end + 1).map(({ message }) => message),
        ),
      )
    at = end + 1
  }
  return lines
}

/** The last entry of a panic's text. */
function panicEnd(logs: readonly Log[], start: number): number {
  const { plugin, at } = logs[start] ?? {}
  let end = start
  for (let next = logs[end + 1]; next !== undefined; next = logs[end + 1]) {
    if (next.level !== 'error' || next.plugin !== plugin || next.at !== at || TRAPPED.test(next.message)) break
    end++
  }
  return end
}

function panicLines({ plugin, level }: Log, pieces: readonly string[]): readonly string[] {
  const text = joinGoPieces(pieces).trimEnd().split('\n')
  const headers = text.flatMap((line, index) => (/^goroutine \d+ /.test(line) ? [index] : []))
  const [, second = text.length] = headers
  const [first = '', ...rest] = text.slice(0, second).filter((line) => line !== '')
  return [`[${level}] ${plugin}: ${first}`, ...rest.map((line) => `  ${line}`)]
}
