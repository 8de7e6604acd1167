import { readFileSync, writeFileSync } from 'node:fs'
import { expect } from 'vitest'
import type { TraceData } from '../sandbox/entry/api.ts'
import { renderTrace } from '../sandbox/trace/render.ts'
import { openTrace } from '../sandbox/trace/view.ts'

/**
 * Compares a whole trace with the text that is kept of it in `golden/`, so that a change of what the emulator does shows
 * in review, line by line; `kept` says what of a line is compared. With UPDATE_GOLDEN=1 in the environment it is written anew.
 */
export function expectGoldenTrace(
  name: string,
  trace: TraceData,
  kept = (line: string): string | undefined => line,
): void {
  const file = new URL(`golden/${name}.txt`, import.meta.url)
  const lines = renderTrace(openTrace(trace)).split('\n')
  const text = `${lines.flatMap((line) => kept(line) ?? []).join('\n')}\n`
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, text)
  expect(text).toBe(readFileSync(file, 'utf8'))
}

/**
 * A line of a Go plugin's trace as any Go from 1.24 makes it: how often its runtime asks for the clock, and so the time and
 * number of an event and what is drawn at random, is not the plugin's doing.
 */
export function withoutGoRuntime(line: string): string | undefined {
  if (/^\s*\d+ [^=]*? (?:clock_|random_|args_|environ_|fd_|poll_oneoff|sched_)\w*\(/.test(line)) return undefined
  return line
    .replace(/^\s*\d+\s+\d+\.\d+ms /, '')
    .replace(/\bid: [0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'id: (a UUID)')
}
