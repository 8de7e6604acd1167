import type { QuickFix } from '../../model/diagnostic.ts'
import { lineAfter, withEdits } from '../../model/text-edit.ts'
import { type Problem, problems } from '../store/problems.ts'
import { getApp } from '../store/store.ts'
import { changeFiles, openFile } from './files.ts'
import { revealLine } from './reveal.ts'
import { showBottomTab } from './view.ts'

let lastVisited: Problem | undefined

export function goToProblem(problem: Problem): void {
  lastVisited = problem
  if (!(problem.file in getApp().project.files)) {
    // What has no place is told in full by the build.
    if (problem.from === 'compiler') showBottomTab('build')
    return
  }
  openFile(problem.file)
  revealLine(problem.file, problem.line, problem.column, true)
}

/**
 * Makes the edits of a repair and goes where the problem was. Edits that no longer fit are not made: what was checked is
 * not what stands there now, and the next check says what does.
 */
export function repair(problem: Problem, fix: QuickFix): void {
  const { files } = getApp().project
  const changed = withEdits(files, fix.edits)
  if (changed === undefined || Object.keys(changed).length === 0) return
  changeFiles({ ...files, ...changed })
  const file = problem.file in files ? problem.file : (fix.edits[0]?.file ?? problem.file)
  openFile(file)
  revealLine(file, lineAfter(file, problem.line, fix.edits), problem.column, true)
}

/** The repairs of a problem, the likeliest first. */
export const repairsOf = (problem: Problem): readonly QuickFix[] =>
  problem.from === 'compiler' ? (problem.fixes ?? []) : []

/** F8 and Shift+F8: round all problems of the project. */
export function nextProblem(step: 1 | -1): void {
  const all = problems(getApp())
  const at = lastVisited === undefined ? -1 : all.indexOf(lastVisited)
  const next = all[(at + step + all.length) % all.length] ?? all[0]
  if (next !== undefined) goToProblem(next)
}
