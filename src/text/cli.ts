import { english, type Language, loadMessages } from './catalogue.ts'
import { cli } from './en/cli.ts'
import { type TextOf, textOf } from './text.ts'

/** The key of a message that only the command line says. */
export type CliKey = keyof typeof cli

/** The words of the command line: its own and everything the page says. */
export type CliText = TextOf<CliKey | keyof typeof english>

export const englishCliText: CliText = textOf('en', { ...english, ...cli })

export async function loadCliText(language: Language): Promise<CliText> {
  if (language === 'en') return englishCliText
  return textOf('zh', { ...(await loadMessages('zh')), ...(await import('./zh/cli.ts')).cli })
}
