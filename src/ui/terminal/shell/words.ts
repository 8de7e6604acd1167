import { type ParseEntry, parse } from 'shell-quote'

/** A typed line as commands. `incomplete`: a quote is open or the line ends in a backslash, so more is to come. */
export type Parsed =
  | { readonly kind: 'commands'; readonly commands: readonly SimpleCommand[] }
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'unsupported'; readonly operator: string }

/** One command with its words. `onlyAfterSuccess`: joined by `&&`. */
export type SimpleCommand = {
  readonly words: readonly string[]
  readonly onlyAfterSuccess: boolean
  /** `> /dev/null`: what it prints is dropped. */
  readonly silent: boolean
}

/** Splits a line as a shell does: quotes, escapes, line continuation, `;` and `&&`. Variables stay as written. */
export function parseLine(line: string): Parsed {
  const joined = line.replace(/\\\r?\n[ \t]*/g, ' ')
  if (/(^|[^\\])(\\\\)*\\$/.test(joined) || hasOpenQuote(joined)) return { kind: 'incomplete' }
  const commands: SimpleCommand[] = []
  let words: string[] = []
  let onlyAfterSuccess = false
  let silent = false
  let redirect = false
  const finish = () => {
    if (words.length > 0) commands.push({ words: withoutAssignments(words), onlyAfterSuccess, silent })
    words = []
    silent = false
  }
  const tokens = tokensOf(joined.replaceAll('\n', ' ; '))
  if (tokens === undefined) return { kind: 'unsupported', operator: '${' }
  for (const token of tokens) {
    if (typeof token === 'string') {
      if (redirect && token !== '/dev/null') return { kind: 'unsupported', operator: `> ${token}` }
      if (redirect) silent = true
      else words.push(token)
      redirect = false
    } else if ('comment' in token) break
    else if (token.op === 'glob') words.push('pattern' in token ? String(token.pattern) : '')
    else if (token.op === ';' || token.op === '&&') {
      finish()
      onlyAfterSuccess = token.op === '&&'
    } else if (token.op === '>') redirect = true
    else return { kind: 'unsupported', operator: token.op }
  }
  finish()
  return { kind: 'commands', commands }
}

/** Undefined for a `${` that names no variable or has no end: the parser throws at it, as bash calls it a bad substitution. */
function tokensOf(text: string): readonly ParseEntry[] | undefined {
  try {
    return parse(text, (name) => `$${name}`)
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('Bad substitution')) return undefined
    throw error
  }
}

/** Assignments before a command are taken (`PLUGIN_NAME=x make build`); nothing here reads them. */
function withoutAssignments(words: readonly string[]): readonly string[] {
  const command = words.findIndex((word, at) => at === words.length - 1 || !/^[A-Za-z_]\w*=/.test(word))
  return words.slice(command)
}

function hasOpenQuote(text: string): boolean {
  let open = ''
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? ''
    if (open === '' && char === '#' && (at === 0 || /[\s;]/.test(text[at - 1] ?? ''))) {
      const end = text.indexOf('\n', at)
      if (end < 0) break
      at = end
    } else if (char === '\\' && open !== "'") at++
    else if (open === '') open = char === "'" || char === '"' ? char : ''
    else if (char === open) open = ''
  }
  return open !== ''
}
