import type { ProjectFiles } from '../../sandbox/entry/api.ts'
import { gallery, type TemplateCard } from '../../templates/gallery.ts'
import type { Language } from '../../text/catalogue.ts'
import { projectTitle } from '../store/project.ts'

const known = new Map<string, TemplateCard['title']>(gallery.map(({ title }) => [title.en, title]))

/** The project's title as the frame shows it: one that is still its example's is said in the reader's language. */
export function shownTitle(files: ProjectFiles, language: Language): string {
  const title = projectTitle(files)
  return known.get(title)?.[language] ?? title
}
