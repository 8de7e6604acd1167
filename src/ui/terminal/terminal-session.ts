import { pluginFolders } from '../store/project.ts'
import { getApp } from '../store/store.ts'
import { currentText } from '../text.ts'
import { type Drawn, drawLine } from './prompt-line.ts'
import { perform } from './run-effects.ts'
import { painted, plainOutput } from './screen-text.ts'
import { interpret, type World } from './shell/commands.ts'
import { complete, sharedPrefix } from './shell/complete.ts'
import { emptyLine, insert, type LineState, typeKey } from './shell/line-editor.ts'
import { parseLine } from './shell/words.ts'

/** The screen a session writes to. */
export type Screen = {
  write(text: string): void
  clear(): void
  readonly columns: number
}

const PROMPT = '$ '
const MORE = '> '
const HISTORY_KEY = 'proxyground.terminal.history.v1'

/** A shell on a screen: takes keys, runs commands one after the other, keeps a history. */
export class TerminalSession {
  private readonly screen: Screen
  private line: LineState
  private drawn: Drawn = { caretRow: 0 }
  private busy = false
  private waiting: string[] = []
  private continued = ''
  private atLineStart = true
  private interrupt: () => void = () => {}

  constructor(screen: Screen) {
    this.screen = screen
    this.line = emptyLine(loadHistory())
    screen.write(`${painted('dim', currentText()('terminal.welcome'))}\r\n`)
    this.draw()
  }

  /** Nothing is typed, so that there is nothing to complete. */
  get isEmpty(): boolean {
    return this.line.text === ''
  }

  /** What xterm reports: one key, or several pasted characters with line ends. */
  input(data: string): void {
    for (const key of splitKeys(data)) this.key(key)
  }

  /** The screen has another width: the line is drawn anew. */
  resized(): void {
    if (!this.busy) this.draw()
  }

  private key(key: string): void {
    if (this.busy) {
      if (key === '\x03') {
        this.waiting = []
        this.interrupt()
      } else this.waiting.push(key)
      return
    }
    const event = typeKey(this.line, key)
    this.line = event.state
    switch (event.kind) {
      case 'edit':
        this.draw()
        break
      case 'submit':
        this.screen.write('\r\n')
        this.drawn = { caretRow: 0 }
        saveHistory(this.line.history)
        void this.submit(event.text)
        break
      case 'interrupt':
        this.continued = ''
        this.screen.write('^C\r\n')
        this.drawn = { caretRow: 0 }
        this.draw()
        break
      case 'clear':
        this.screen.clear()
        this.drawn = { caretRow: 0 }
        this.draw()
        break
      case 'complete':
        this.complete()
        break
      case 'none':
        break
    }
  }

  private draw(): void {
    const search = this.line.search
    const prompt =
      search === undefined
        ? this.continued === ''
          ? PROMPT
          : MORE
        : `${currentText()('terminal.search')} ${plainOutput(search)}: `
    const { text, drawn } = drawLine(prompt, this.line, Math.max(10, this.screen.columns), this.drawn)
    this.drawn = drawn
    this.screen.write(text)
  }

  private async submit(text: string): Promise<void> {
    const whole = this.continued === '' ? text : `${this.continued}\n${text}`
    const parsed = parseLine(whole)
    if (parsed.kind === 'incomplete') {
      this.continued = whole
      this.draw()
      return
    }
    this.continued = ''
    this.busy = true
    this.atLineStart = true
    try {
      if (parsed.kind === 'unsupported')
        this.write(plainOutput(`${currentText()('terminal.unsupported', { operator: parsed.operator })}\n`))
      else await this.run(parsed.commands)
    } catch (error) {
      this.write(`${painted('bad', error instanceof Error ? error.message : String(error))}\r\n`)
    }
    if (!this.atLineStart) this.screen.write('\r\n')
    this.busy = false
    this.draw()
    const waiting = this.waiting
    this.waiting = []
    for (const key of waiting) this.key(key)
  }

  private async run(commands: Extract<ReturnType<typeof parseLine>, { kind: 'commands' }>['commands']): Promise<void> {
    let code = 0
    let stopped = false
    const interrupted = new Promise<void>((resolve) => {
      this.interrupt = () => {
        stopped = true
        resolve()
      }
    })
    for (const command of commands) {
      if (stopped || (command.onlyAfterSuccess && code !== 0)) continue
      code = 0
      for (const effect of interpret(command, worldNow())) {
        if (stopped) break
        const write = command.silent ? () => {} : (text: string) => this.write(text)
        const done = perform(effect, { write, clear: () => this.screen.clear(), interrupted })
        // Ctrl+C gives the prompt back at once; a run that is under way is dropped when it answers.
        const result = await Promise.race([
          done,
          interrupted.then(() =>
            done
              .then(
                () => 130,
                () => 130,
              )
              .then(() => 130),
          ),
        ])
        if (result !== 0) code = result
      }
    }
    if (stopped) this.write('^C\r\n')
  }

  private write(text: string): void {
    if (text === '') return
    this.atLineStart = text.endsWith('\n')
    this.screen.write(text)
  }

  private complete(): void {
    const before = this.line.text.slice(0, this.line.caret)
    const { start, options } = complete(before, worldNow())
    if (options.length === 0) return
    const shared = sharedPrefix(options)
    const added = shared.slice(before.length - start)
    const only = options.length === 1 && !shared.endsWith('/') ? ' ' : ''
    if (added + only !== '') this.line = insert(this.line, added + only).state
    else {
      this.screen.write(`\r\n${options.map(plainOutput).join('  ')}\r\n`)
      this.drawn = { caretRow: 0 }
    }
    this.draw()
  }
}

/** Pasted text comes as one piece; keys come as one sequence each. */
function splitKeys(data: string): readonly string[] {
  if (data.startsWith('\x1b') && !data.startsWith('\x1b[200~')) return [data]
  const text = data.replaceAll('\x1b[200~', '').replaceAll('\x1b[201~', '').replaceAll('\r\n', '\r')
  return text.match(/[\r\n\t]|\p{Cc}|[^\p{Cc}]+/gu) ?? []
}

function worldNow(): World {
  const { project } = getApp()
  const ports = [...(project.files['proxyground.yaml'] ?? '').matchAll(/\bport:\s*(\d+)/g)].map((match) =>
    Number(match[1]),
  )
  return {
    files: project.files,
    plugins: pluginFolders(project).map(({ name }) => name),
    ports: [...new Set([...(ports.length === 0 ? [10000] : ports), 12345])],
  }
}

function loadHistory(): readonly string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(HISTORY_KEY) ?? '[]')
    return Array.isArray(stored) ? stored.filter((line) => typeof line === 'string').slice(-200) : []
  } catch {
    // Storage is forbidden or holds something else: the history begins empty.
    return []
  }
}

function saveHistory(history: readonly string[]): void {
  try {
    localStorage.setItem(HISTORY_KEY, JSON.stringify(history))
  } catch {
    // Full or forbidden: the history lasts as long as this page.
  }
}
