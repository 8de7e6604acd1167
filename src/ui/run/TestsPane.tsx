import type { ScenarioReport } from '../../model/report.ts'
import { selectStep, showRunTab } from '../commands/view.ts'
import { Icon } from '../shell/icons.tsx'
import { useText } from '../text.ts'
import { visibleText } from '../timeline/display-text.ts'
import type { StepLine } from './scenario-text.ts'

/** The scenario's expectations: which steps hold, and where one does not, what was expected and what came. */
export function TestsPane({ report, steps }: { readonly report: ScenarioReport; readonly steps: readonly StepLine[] }) {
  const t = useText()
  return (
    <div className="pane tests">
      <h3 className="pane-title">
        <span className={report.passed ? '' : 'bad'}>
          {report.passed ? t('run.tests.passed') : t('run.tests.failed', { count: report.failures.length })}
        </span>
        <span className="dim">{visibleText(report.name)}</span>
      </h3>
      <ol className="test-steps">
        {report.steps.map((step, index) => {
          const failures = report.failures.filter((failure) => failure.step === index)
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place in the scenario
            <li key={index}>
              <button
                type="button"
                className="test-step"
                onClick={() => {
                  selectStep(index)
                  showRunTab('timeline')
                }}
              >
                <span className={failures.length === 0 ? 'dim' : 'bad'}>
                  <Icon name={failures.length === 0 ? 'check' : 'close'} />
                </span>
                <span className="dim num">{index + 1}</span>
                <span className="mono trunc">{visibleText(steps[index]?.label || step.kind)}</span>
              </button>
              {failures.map((failure) => (
                <dl key={`${failure.path} ${failure.message}`} className="failure">
                  <dt className="mono">{visibleText(failure.path)}</dt>
                  <dd>{visibleText(failure.message)}</dd>
                  <dt>{t('run.tests.expected')}</dt>
                  <dd className="mono">{shown(failure.expected)}</dd>
                  <dt>{t('run.tests.actual')}</dt>
                  <dd className="mono">{shown(failure.actual)}</dd>
                </dl>
              ))}
            </li>
          )
        })}
      </ol>
    </div>
  )
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return visibleText((text ?? '–').slice(0, 2000))
}
