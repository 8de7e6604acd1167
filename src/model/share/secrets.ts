import type { ProjectTexts } from '../project/load.ts'

/** Something in a file that looks as if it should not be shared. */
export type FoundSecret = {
  readonly file: string
  /** 1-based. */
  readonly line: number
  readonly column: number
  readonly kind: 'authorization' | 'cookie' | 'password' | 'token' | 'private-key'
  /** The name it stands under (`x-api-key`), or what the value looks like (`JSON Web Token`). */
  readonly name: string
}

const maxLineLength = 5000
const maxFound = 100

/** Names under which secrets stand; the value has to follow on the same line. */
const names: readonly (readonly [FoundSecret['kind'], string])[] = [
  ['authorization', '(?:proxy-)?authorization'],
  ['cookie', '(?:set-)?cookie'],
  ['password', 'pass(?:word|wd|phrase)|pwd'],
  ['token', '[a-z0-9_-]{0,30}(?:api[_-]?key|secret|access[_-]?key|token)'],
]

/** Values that look like a secret wherever they stand. */
const shapes: readonly (readonly [FoundSecret['kind'], string, RegExp])[] = [
  ['private-key', 'private key', /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----/],
  ['token', 'JSON Web Token', /\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/],
  ['token', 'AWS access key', /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
  ['token', 'Aliyun access key', /\bLTAI[A-Za-z0-9]{12,24}\b/],
  ['token', 'GitHub token', /\b(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,})/],
  ['token', 'API key', /\bsk-[A-Za-z0-9_-]{16,}/],
  ['token', 'Slack token', /\bxox[abprs]-[A-Za-z0-9-]{10,}/],
  ['authorization', 'bearer token', /\bbearer\s+[A-Za-z0-9._~+/-]{16,}/i],
  ['password', 'password in a URL', /\b[a-z][a-z0-9+.-]{1,15}:\/\/[^\s/:@"']{1,100}:[^\s/@"']{1,100}@/i],
]

/** Values that stand for a value: empty, `null`, `xxx`, `***`, `…`, `<token>`, `${TOKEN}`, `{{token}}`. */
const placeholder = /^(?:|null|~|x+|\*+|\.{3}|…|<[^>]*>|\$\{?.*|\{\{.*|%[a-z]+%)$/i

const named = names.map(
  ([kind, name]) =>
    [kind, new RegExp(`(?:^|[^a-z0-9_-])(${name})(["'\`]?\\s{0,5}(?:[:=,]|:=)\\s{0,5})(.*)$`, 'i')] as const,
)

/**
 * Looks through the files before they are shared. It points out, it does not prove: every hit is for a person to
 * look at, and a secret in an unusual form is missed.
 */
export function findSecrets(files: ProjectTexts): readonly FoundSecret[] {
  const found: FoundSecret[] = []
  for (const file of Object.keys(files).sort()) {
    const structured = /\.(ya?ml|json|toml|env|txt|md)$/.test(file)
    for (const [index, line] of (files[file] ?? '').split('\n').entries()) {
      const hit = secretInLine(line.slice(0, maxLineLength), structured)
      if (hit) found.push({ file, line: index + 1, ...hit })
      if (found.length >= maxFound) return found
    }
  }
  return found
}

function secretInLine(line: string, structured: boolean): Pick<FoundSecret, 'kind' | 'name' | 'column'> | undefined {
  for (const [kind, name, shape] of shapes) {
    const match = shape.exec(line)
    if (match) return { kind, name, column: match.index + 1 }
  }
  for (const [kind, pattern] of named) {
    const match = pattern.exec(line)
    if (!match) continue
    const [whole, name = '', , rest = ''] = match
    const value = literal(rest, structured)
    if (value === undefined || placeholder.test(value)) continue
    return { kind, name: name.toLowerCase(), column: match.index + whole.indexOf(name) + 1 }
  }
  return undefined
}

/** The value that follows a name: quoted anywhere; unquoted only where text needs no quotes. */
function literal(rest: string, structured: boolean): string | undefined {
  const quoted = /^(["'`])(.*?)\1/.exec(rest)
  if (quoted) return quoted[2]?.trim()
  if (!structured) return undefined
  const plain = (/^[^,}\]#]*/.exec(rest)?.[0] ?? '').replace(/["'`]\s*$/, '').trim()
  // A map or list begins: its own lines are looked at. `true` and numbers below four digits are settings.
  return plain === '' || /^[[{&*|>]|^(true|false|\d{1,3})$/.test(plain) ? undefined : plain
}
