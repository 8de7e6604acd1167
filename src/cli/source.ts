import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type LoadedProject, loadProject, type ProjectTexts } from '../model/project/load.ts'
import type { ProjectProblem } from '../model/project/problem.ts'
import { looksLikeLink, openLink } from '../model/share/link.ts'
import { problemMessage } from '../text/problem-words.ts'
import { linkFailureLine } from './link-failure.ts'
import { CannotRun, type Output, printable } from './outcome.ts'
import { readProjectFolder } from './project-folder.ts'
import { type Line, lineText, say } from './words.ts'

/** A project from a folder or a link. */
export type ProjectSource = {
  readonly texts: ProjectTexts
  readonly binaries: readonly string[]
  /** Reads a binary of the folder. */
  readBinary(path: string): Promise<Uint8Array>
}

/** Opens what a person gave as DIR or LINK. */
export async function openSource(argument: string, output: Output): Promise<ProjectSource> {
  if (looksLikeLink(argument)) {
    const opened = openLink(argument)
    if (!opened.ok) throw new CannotRun(linkFailureLine(opened.error))
    const readBinary = (path: string) => Promise.reject(new CannotRun(say('cli.module.inLink', { path })))
    return { texts: opened.value, binaries: [], readBinary }
  }
  const { root, texts, binaries, notes } = await readProjectFolder(argument)
  for (const note of notes) output.err(printable(lineText(note, output.words)))
  return { texts, binaries, readBinary: async (path) => new Uint8Array(await readFile(join(root, ...path.split('/')))) }
}

export const problemLine =
  (problem: ProjectProblem): Line =>
  ({ language, text }) => {
    const { file, line, column, severity } = problem
    return `${file}:${line}:${column}: ${text(`cli.severity.${severity}`)}: ${problemMessage(problem, text, language)}`
  }

/** The project, or the end of the command: warnings are printed, an error stops it. */
export function loadOrStop(source: ProjectSource, output: Output): NonNullable<LoadedProject['project']> {
  const { project, problems } = loadProject(source.texts, source.binaries)
  const errors = problems.filter(({ severity }) => severity === 'error')
  for (const problem of problems)
    if (problem.severity === 'warning') output.err(printable(lineText(problemLine(problem), output.words)))
  if (!project || errors.length > 0) throw new CannotRun(...errors.map(problemLine))
  return project
}
