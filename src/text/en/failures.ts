import { failureText } from '../../model/failure.ts'

/** Why an expectation fails. The English words live beside the codes, where the run report takes them too. */
export const failures = failureText
