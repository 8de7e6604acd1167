import { goToProblem, repairsOf } from '../commands/problems.ts'
import { Icon } from '../shell/icons.tsx'
import { type Problem, problems } from '../store/problems.ts'
import { useApp } from '../store/store.ts'
import { useProblemText, useText } from '../text.ts'
import { RepairButton } from './RepairButton.tsx'

/** Everything that keeps the newest text from running, and the compiler's warnings. */
export function ProblemsPane() {
  const t = useText()
  const problemText = useProblemText()
  const all = useApp(problems)
  if (all.length === 0) return <p className="pane-empty">{t('ui.problems.none')}</p>
  return (
    <ul className="problem-list" aria-label={t('ui.bottom.problems')}>
      {all.map((problem) => (
        <li key={`${problem.file}:${problem.line}:${problem.column}:${problem.message}`}>
          <button type="button" className="grow" onClick={() => goToProblem(problem)}>
            <span className={problem.severity === 'error' ? 'bad' : 'act-stop'}>
              <Icon name="warn" size={13} />
              <span className="visually-hidden">{t(`ui.problems.${problem.severity}`)}</span>
            </span>
            <span className="grow">{problemText(problem)}</span>
            <span className="where mono">{placeOf(problem)}</span>
          </button>
          {repairsOf(problem).map((fix) => (
            <RepairButton key={`${fix.kind} ${fix.subject}`} problem={problem} fix={fix} />
          ))}
        </li>
      ))}
    </ul>
  )
}

/** A whole plugin has no line. */
const placeOf = ({ file, line, column }: Problem): string =>
  /^plugins\/[^/]+$/.test(file) ? file : `${file}:${line}:${column}`
