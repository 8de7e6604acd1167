import { closeSync, openSync, readSync } from 'node:fs'
import { configuredOnce, maskLine } from '../observed.ts'

/** The probes' lines in an Envoy's log, by case; read as the log grows. */
export class ProbeLog {
  private readonly file: string
  private readonly lines = new Map<number, string[]>()
  private offset = 0
  private rest = ''

  constructor(file: string) {
    this.file = file
  }

  /** What the probes of this case have logged so far. */
  of(index: number): readonly string[] {
    return configuredOnce(this.ofAllThreads(index))
  }

  /** Those of all VMs, also of the ones that a case has nothing to do with. */
  ofAllThreads(index: number): readonly string[] {
    this.read()
    return (this.lines.get(index) ?? []).map(maskLine)
  }

  private read(): void {
    const file = openSync(this.file, 'r')
    const buffer = Buffer.alloc(1 << 20)
    for (;;) {
      const count = readSync(file, buffer, 0, buffer.length, this.offset)
      if (count === 0) break
      this.offset += count
      const found = (this.rest + buffer.toString('latin1', 0, count)).split('\n')
      this.rest = found.pop() ?? ''
      for (const line of found) this.add(line)
    }
    closeSync(file)
  }

  private add(line: string): void {
    const match = / case(\d+):(\d) (.*)$/.exec(line)
    if (match === null) return
    const index = Number(match[1])
    const known = this.lines.get(index)
    // Read byte by byte, so that no character is cut in two.
    const text = Buffer.from(`${match[2]} ${match[3]}`, 'latin1').toString()
    if (known === undefined) this.lines.set(index, [text])
    else known.push(text)
  }
}
