import type { QuickFix } from '../../model/diagnostic.ts'
import { fixTitle } from '../../text/diagnostic-words.ts'
import { repair } from '../commands/problems.ts'
import type { Problem } from '../store/problems.ts'
import { useText } from '../text.ts'

/** Makes a repair that the compiler knows for a problem; named by what it does. */
export function RepairButton({ problem, fix }: { readonly problem: Problem; readonly fix: QuickFix }) {
  const t = useText()
  return (
    <button type="button" className="btn line sm" onClick={() => repair(problem, fix)}>
      {fixTitle(fix, t)}
    </button>
  )
}
