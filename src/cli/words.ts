import type { Language } from '../text/catalogue.ts'
import { type CliKey, type CliText, englishCliText, loadCliText } from '../text/cli.ts'
import type { TextParams } from '../text/text.ts'

/** What the command line speaks. */
export type Words = { readonly language: Language; readonly text: CliText }

/** A line that is worded when it is printed. */
export type Line = string | ((words: Words) => string)

type OwnKey = Parameters<CliText>[0] & (CliKey | `cli.${string}`)

/** A message of the section `cli`. */
export const say =
  (key: OwnKey, params?: TextParams): Line =>
  ({ text }) =>
    text(key, params)

export const lineText = (line: Line, words: Words): string => (typeof line === 'string' ? line : line(words))

export const englishWords: Words = { language: 'en', text: englishCliText }

export const loadWords = async (language: Language): Promise<Words> => ({ language, text: await loadCliText(language) })

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The language of a command line: `--lang`, else the locale of the terminal as POSIX orders its variables; English if
 * none is Chinese. What `--lang` cannot be is told later, with the other options.
 */
export function languageOf(args: readonly string[], environment: Environment): Language {
  const at = args.findIndex((arg) => arg === '--lang' || arg.startsWith('--lang='))
  const given = args[at]?.startsWith('--lang=') ? args[at]?.slice('--lang='.length) : args[at + 1]
  if (at >= 0 && given !== undefined) return given === 'zh' ? 'zh' : 'en'
  const locale = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || ''
  return /^zh([_.@-]|$)/i.test(locale) ? 'zh' : 'en'
}
