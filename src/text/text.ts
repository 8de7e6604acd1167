import { createInstance } from 'i18next'
import type { Language, MessageKey, Messages } from './catalogue.ts'

type Base<K extends string> = K extends `${infer Stem}_one` | `${infer Stem}_other` ? Stem : K
/** What a caller may ask for: plural keys without their suffix. */
export type TextKey = Base<MessageKey>
export type TextParams = Readonly<Record<string, string | number>>
export type Text = (key: TextKey, params?: TextParams) => string

/** The words of one language, whose `messages` are loaded (`loadMessages`). `language` decides the plural forms. */
export function createText(language: Language, messages: Messages): Text {
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
