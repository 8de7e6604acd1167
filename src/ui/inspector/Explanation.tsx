import type { Finding } from '../../model/report.ts'
import { useFindingWords } from './finding-words.ts'

/** What happened, why, and what to do: always in this order. */
export function Explanation({ finding }: { readonly finding: Finding }) {
  const words = useFindingWords()(finding)
  return (
    <div className={`explain ${finding.severity}`}>
      <p className="lead">{words.what}</p>
      {words.why !== '' && <p>{words.why}</p>}
      {words.todo !== '' && <p className="todo">{words.todo}</p>}
    </div>
  )
}
