import { lazy, Suspense } from 'react'
import type { Failure, ScenarioReport } from '../../model/report.ts'
import { failureMessage } from '../../text/failure-words.ts'
import { selectStep, showRunTab } from '../commands/view.ts'
import { Icon } from '../shell/icons.tsx'
import { useText } from '../text.ts'
import { visibleText } from '../timeline/display-text.ts'
import { StepName } from './StepName.tsx'
import type { StepLine } from './scenario-text.ts'

const OrdersPanel = lazy(() => import('./OrdersPanel.tsx').then((module) => ({ default: module.OrdersPanel })))

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
        {report.steps.map((_, index) => {
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
                <StepName line={steps[index]} />
              </button>
              {alike(failures)
                .slice(0, 20)
                .map(({ failure, path, more }) => (
                  <dl key={`${path} ${failure.message}`} className="failure">
                    <dt className="mono">{visibleText(path)}</dt>
                    <dd>
                      {more > 0
                        ? t('run.tests.requests', { count: more + 1 })
                        : bare(failure) && visibleText(failureMessage(failure, t))}
                    </dd>
                    {!bare(failure) && (
                      <>
                        <dt>{t('run.tests.expected')}</dt>
                        <dd className="mono">
                          {failure.expected === null ? t('run.tests.nothing') : shown(failure.expected)}
                        </dd>
                        <dt>{t('run.tests.actual')}</dt>
                        <dd className="mono">
                          {failure.actual === null ? t('run.tests.nothing') : shown(failure.actual)}
                        </dd>
                      </>
                    )}
                  </dl>
                ))}
            </li>
          )
        })}
      </ol>
      <Suspense fallback={null}>
        <OrdersPanel />
      </Suspense>
    </div>
  )
}

/** Nothing to set side by side: the message says it all. */
const bare = ({ expected, actual }: Failure): boolean => expected === undefined && actual === undefined

type Alike = { readonly failure: Failure; readonly path: string; readonly more: number }

/** `times: 500` that all fail in one way is one failure, with a count. */
function alike(failures: readonly Failure[]): readonly Alike[] {
  const groups = new Map<string, Alike>()
  for (const failure of failures) {
    const path = failure.path.replace(/^requests\[\d+\]\./, '')
    const key = JSON.stringify([
      path,
      failure.expected ?? null,
      failure.actual ?? null,
      bare(failure) && failure.message,
    ])
    const known = groups.get(key)
    groups.set(
      key,
      known === undefined ? { failure, path: failure.path, more: 0 } : { failure, path, more: known.more + 1 },
    )
  }
  return [...groups.values()]
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return visibleText((text ?? '–').slice(0, 2000))
}
