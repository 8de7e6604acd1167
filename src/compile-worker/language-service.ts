import type { LanguageQuestion } from '../model/language-answer.ts'
import type { PluginSources } from './api.ts'

export type { CompletionItem, LanguageAnswer, SourcePlace, SourceRange } from '../model/language-answer.ts'

/** A question of the editor, with all that the plugin is made of as it stands in the editor now. */
export type LanguageQuery = PluginSources & LanguageQuestion
