import { problemText } from '../../model/project/problem.ts'

/** What can be wrong with project files. The English words live beside the codes, where the command line takes them too. */
export const problems = problemText
