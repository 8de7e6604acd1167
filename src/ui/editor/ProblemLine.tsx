import { RepairButton } from '../bottom/RepairButton.tsx'
import { goToProblem, repairsOf } from '../commands/problems.ts'
import { Icon } from '../shell/icons.tsx'
import { problems } from '../store/problems.ts'
import { useApp } from '../store/store.ts'
import { useProblemText } from '../text.ts'

/** The first problem of the file at hand, in one line under the code, with the likeliest repair. */
export function ProblemLine() {
  const problemText = useProblemText()
  const first = useApp((state) => problems(state).find(({ file }) => file === state.project.active))
  if (first === undefined) return null
  const [fix] = repairsOf(first)
  return (
    <div className="problem-line">
      <button type="button" className="grow" onClick={() => goToProblem(first)}>
        <span className={first.severity === 'error' ? 'bad' : 'act-stop'}>
          <Icon name="warn" />
        </span>
        <span className="mono">
          {first.file.split('/').at(-1)}:{first.line}:{first.column}
        </span>
        <span className="trunc grow mid">{problemText(first)}</span>
        <kbd>F8</kbd>
      </button>
      {fix !== undefined && <RepairButton problem={first} fix={fix} />}
    </div>
  )
}
