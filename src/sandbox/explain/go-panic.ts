/** What a Go program prints when it panics, read back into its parts (proxy-wasm-host.md 7.3). */
import { isOwnGo, packageOf } from '../abi/go-names.ts'

export type GoFrame = {
  /** As Go writes it: `main.(*stream).OnHttpRequestHeaders`, `main.apply[...]`. */
  readonly function: string
  /** Import path of its package, e.g. `main`, `github.com/higress-group/wasm-go/pkg/wrapper`. */
  readonly package: string
  /** As the compiler was told: absolute, or trimmed. */
  readonly file: string
  /** 1-based. */
  readonly line: number
  /** Code of the plugin itself: not the runtime, the standard library, the SDK or a module of the bundle. */
  readonly own: boolean
}

export type GoPanic = {
  /** `fatal`: Go's runtime gave up (deadlock, concurrent map writes, out of memory); `recover` could not have helped. */
  readonly kind: 'panic' | 'fatal'
  /** Without `panic: `; lines joined by newlines. */
  readonly message: string
  /** The SDK caught it: the callback answered Continue and the plugin goes on (higress.md 1.5). */
  readonly recovered: boolean
  readonly goroutine: number
  /** What the goroutine did: `running`, `chan receive`. */
  readonly state: string
  /** Innermost first, without the runtime's own frames of the panic. */
  readonly frames: readonly GoFrame[]
  /** Where the goroutine was started, if not by the gateway. */
  readonly createdBy?: GoFrame
}

/**
 * The text behind log entries. Go writes a panic in many pieces, each of which becomes an entry of its own and loses one
 * newline at its end; where that was is told by what Go's runtime prints around it.
 */
export function joinGoPieces(pieces: readonly string[]): string {
  let text = ''
  for (const [index, piece] of pieces.entries()) {
    text += piece
    const next = pieces[index + 1]
    if (piece === '' || piece === ']:' || (next?.startsWith('\t') === true && !text.endsWith('\n'))) text += '\n'
  }
  return text
}

/** A panic as it was printed, or as wasm-go logs a recovered one (newlines written as `\n`); undefined for other text. */
export function parseGoPanic(text: string): GoPanic | undefined {
  const recovered = /recovered from panic ([\s\S]*?), stack: ([\s\S]*)/.exec(text)
  if (recovered?.[2] !== undefined) {
    const stack = parseStack(unescaped(recovered[2]))
    return {
      kind: 'panic',
      message: unescaped(recovered[1] ?? ''),
      recovered: true,
      ...stack,
      frames: afterPanic(stack),
    }
  }
  const printed = /(?:^|\n)(panic|fatal error): ([\s\S]*?)(?=\n\[signal |\n+(?:runtime stack:|goroutine \d+ )|$)/.exec(
    text,
  )
  if (printed === null) return undefined
  const kind = printed[1] === 'panic' ? 'panic' : 'fatal'
  const message = (printed[2] ?? '').trim().replace(/\n\t(?!panic: )/g, '\n')
  const stack = parseStack(text.slice(printed.index))
  return { kind, message, recovered: false, ...stack, frames: stack.frames.filter(notPanicking) }
}

/** The frame to look at first: the innermost one of the plugin's own code, else the innermost. */
export function placeOf(panic: GoPanic): GoFrame | undefined {
  return panic.frames.find(({ own }) => own) ?? panic.frames[0]
}

type Stack = Pick<GoPanic, 'goroutine' | 'state' | 'frames' | 'createdBy'>

const headerPattern = /goroutine (\d+) (?:gp=\S+ m=\S+ (?:mp=\S+ )?)?\[([^\]]*)\]:/
/** A fatal error prints registers behind the place. */
const placePattern = /^\t(.+):(\d+)(?: \+0x[0-9a-f]+)?(?: fp=.*)?$/

function parseStack(text: string): Stack {
  const header = headerPattern.exec(text)
  const lines = text.slice(header === null ? 0 : header.index + header[0].length).split('\n')
  const frames: GoFrame[] = []
  let createdBy: GoFrame | undefined
  for (const [index, line] of lines.entries()) {
    if (headerPattern.test(line)) break
    const place = placePattern.exec(lines[index + 1] ?? '')
    if (place?.[1] === undefined || line.startsWith('\t')) continue
    const creator = /^created by (.+?)(?: in goroutine \d+)?$/.exec(line)
    const name = creator?.[1] ?? withoutArguments(line)
    const made = frame(name, place[1], Number(place[2]))
    if (creator === null) frames.push(made)
    else createdBy = made
  }
  return {
    goroutine: Number(header?.[1] ?? 0),
    state: header?.[2] ?? '',
    frames,
    ...(createdBy === undefined ? {} : { createdBy }),
  }
}

/** `main.(*T).F(0x1, {0x2, ...})` ends in arguments; the receiver in parentheses before it stays. */
function withoutArguments(tail: string): string {
  let depth = 0
  for (let at = tail.length - 1; at >= 0; at--) {
    if (tail[at] === ')') depth++
    if (tail[at] === '(' && --depth === 0) return tail.slice(0, at)
  }
  return tail
}

function frame(name: string, file: string, line: number): GoFrame {
  const owner = packageOf(name)
  return { function: name, package: owner, file, line, own: isOwnGo(owner, file) }
}

/** The runtime's own frames between the panic and the code that caused it. */
const notPanicking = ({ function: name }: GoFrame): boolean =>
  !/^(?:panic|runtime\.(?:gopanic|panic\w*|goPanic\w*|sigpanic|throw|fatal\w*|abort|dopanic\w*))$/.test(name)

/** In a recovered stack all up to `panic` belongs to the recovery. */
function afterPanic({ frames }: Stack): readonly GoFrame[] {
  const last = frames.findLastIndex(({ function: name }) => name === 'panic' || name === 'runtime.gopanic')
  return frames.slice(last + 1).filter(notPanicking)
}

const unescaped = (text: string): string => text.replaceAll('\\n', '\n').replaceAll('\\t', '\t')
