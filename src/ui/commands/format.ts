import type { LanguageAnswer, LanguageQuestion, SourcePlace } from '../../model/language-answer.ts'
import { compileClient } from '../clients/clients.ts'
import { pluginFolders, pluginOfPath } from '../store/project.ts'
import { getApp } from '../store/store.ts'
import { setText } from './files.ts'
import { compilable } from './plugin-sources.ts'

/**
 * Asks the compiler of a plugin's language about a file of the project. Paths in question and answer are the project's;
 * those outside the plugin (with a text) stay as they come.
 */
export async function askLanguage(path: string, question: LanguageQuestion): Promise<LanguageAnswer> {
  const plugin = pluginOfPath(path)
  const folder = pluginFolders(getApp().project).find(({ name }) => name === plugin)
  const job = folder === undefined ? undefined : compilable(folder)
  if (job === undefined || plugin === undefined) return { ask: 'nothing' }
  const prefix = `plugins/${plugin}/`
  const client = await compileClient()
  const answer = await client.ask({ ...job, ...withoutPrefix(question, prefix) })
  return withPrefix(answer, prefix)
}

function withPrefix(answer: LanguageAnswer, prefix: string): LanguageAnswer {
  const placed = <Place extends SourcePlace>(place: Place): Place => ({ ...place, file: prefix + place.file })
  if (answer.ask === 'definition' && answer.text === undefined) return { ...answer, range: placed(answer.range) }
  if (answer.ask === 'references') return { ...answer, places: answer.places.map(placed) }
  if (answer.ask === 'rename') return { ...answer, edits: answer.edits.map(placed) }
  return answer
}

const withoutPrefix = (question: LanguageQuestion, prefix: string): LanguageQuestion =>
  'at' in question
    ? { ...question, at: { ...question.at, file: question.at.file.slice(prefix.length) } }
    : { ...question, file: question.file.slice(prefix.length) }

/** Whether there is a formatter for the file at hand. */
export const canFormat = (): boolean => getApp().project.active?.endsWith('.go') === true

/** gofmt, or goimports, of the file at hand. What was typed meanwhile is not overwritten. */
export async function formatActive(ask: 'format' | 'imports'): Promise<void> {
  const { active, files } = getApp().project
  if (active === undefined || !canFormat() || !(active in files)) return
  const answer = await askLanguage(active, { ask, file: active })
  const changed = getApp().project.files[active] !== files[active]
  if (!changed && (answer.ask === 'format' || answer.ask === 'imports')) setText(active, answer.text)
}
