import { createInstance } from 'i18next'
import type { Language, MessageKey, Messages } from './catalogue.ts'

type Base<K extends string> = K extends `${infer Stem}_one` | `${infer Stem}_other` ? Stem : K
/** What a caller may ask for: plural keys without their suffix. */
export type TextKey = Base<MessageKey>
export type TextParams = Readonly<Record<string, string | number>>
/** Says a message of a catalogue with these keys. */
export type TextOf<K extends string> = (key: Base<K>, params?: TextParams) => string
export type Text = TextOf<MessageKey>

/** The words of one language, whose `messages` are loaded (`loadMessages`). `language` decides the plural forms. */
export const createText = (language: Language, messages: Messages): Text => textOf(language, messages)

/** The same for a catalogue of its own. */
export function textOf<K extends string>(language: Language, messages: Readonly<Record<K, string>>): TextOf<K> {
  const instance = createInstance()
  void instance.init({
    lng: language,
    initAsync: false,
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    resources: { [language]: { translation: messages } },
  })
  return (key, params) => instance.t(key, { ...params })
}
