import { type Problem, problems } from '../store/problems.ts'
import { getApp } from '../store/store.ts'
import { openFile } from './files.ts'
import { revealLine } from './reveal.ts'

let lastVisited: Problem | undefined

export function goToProblem(problem: Problem): void {
  lastVisited = problem
  if (!(problem.file in getApp().project.files)) return
  openFile(problem.file)
  revealLine(problem.file, problem.line, problem.column, true)
}

/** F8 and Shift+F8: round all problems of the project. */
export function nextProblem(step: 1 | -1): void {
  const all = problems(getApp())
  const at = lastVisited === undefined ? -1 : all.indexOf(lastVisited)
  const next = all[(at + step + all.length) % all.length] ?? all[0]
  if (next !== undefined) goToProblem(next)
}
