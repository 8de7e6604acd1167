import { useMemo } from 'react'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { ProjectProblem } from '../model/project/problem.ts'
import { english, type Language, loadMessages } from '../text/catalogue.ts'
import { diagnosticMessage } from '../text/diagnostic-words.ts'
import { problemMessage } from '../text/problem-words.ts'
import { createText, type Text } from '../text/text.ts'

export type { Text }

import { getApp, useApp } from './store/store.ts'

const inEnglish = createText('en', english)
const loaded = new Map<Language, Text>([['en', inEnglish]])

/** Fetches the words of a language. To be awaited before it is chosen; rejects when they cannot be had. */
export async function loadLanguage(language: Language): Promise<void> {
  if (!loaded.has(language)) loaded.set(language, createText(language, await loadMessages(language)))
}

const textIn = (language: Language): Text => loaded.get(language) ?? inEnglish

/** The words of the chosen language; a switch re-renders and keeps every other state. */
export function useText(): Text {
  const language = useApp(({ view }) => view.language)
  return useMemo(() => textIn(language), [language])
}

/** Says a problem in the chosen language; a compiler's own words stay as they are. */
export function useProblemText(): (problem: ProjectProblem | Diagnostic) => string {
  const language = useApp(({ view }) => view.language)
  return (problem) => wordsOf(problem, language)
}

const wordsOf = (problem: ProjectProblem | Diagnostic, language: Language): string =>
  'params' in problem
    ? problemMessage(problem, textIn(language), language)
    : diagnosticMessage(problem, textIn(language), language)

/** The same for commands and adapters, which run outside components. */
export const currentProblemText = (problem: ProjectProblem | Diagnostic): string =>
  wordsOf(problem, getApp().view.language)

/** For commands, which run outside components. */
export const currentText = (): Text => textIn(getApp().view.language)
