import './run.css'
import { lazy, Suspense, useMemo, useState } from 'react'
import type { ScenarioReport } from '../../model/report.ts'
import { currentScenario } from '../store/selectors.ts'
import { useApp } from '../store/store.ts'
import { useText } from '../text.ts'
import { LogsPane } from './LogsPane.tsx'
import { ResponsePane } from './ResponsePane.tsx'
import { RunTabs } from './RunTabs.tsx'
import { type RunModel, useRunModel } from './run-model.ts'
import { StatePane } from './StatePane.tsx'
import { TestsPane } from './TestsPane.tsx'
import { TimelinePane } from './TimelinePane.tsx'
import { UpstreamPane } from './UpstreamPane.tsx'
import { useLineNotes } from './useLineNotes.ts'
import { useSteps } from './useSteps.ts'

const RequestRow = lazy(() => import('./RequestRow.tsx').then((module) => ({ default: module.RequestRow })))

/** The run: its request, how it ended, what happened, and what each side saw. */
export function RunSide() {
  const t = useText()
  const tab = useApp(({ view }) => view.runTab)
  const shown = useApp(({ run }) => run.shown)
  const files = useApp(({ project }) => project.files)
  const chosen = useApp(currentScenario)
  const step = useApp(({ view }) => view.step)
  const [openFolds, setOpenFolds] = useState<ReadonlySet<string>>(new Set())
  const model = useRunModel(openFolds)
  useLineNotes(model)
  const job = useApp(({ run }) => run.job)
  // A run stopped by its deadline has no report; the one of the run before must not pass for it.
  const stopped = job.kind === 'deadline'
  const known = stopped && job.trace === undefined ? undefined : model
  const report = stopped ? undefined : shown?.result.report
  // The request row speaks of the scenario that is on the screen; before any run, of the one that would run.
  const inline = shown !== undefined && 'inline' in shown.scenario ? shown.scenario : undefined
  const path = inline === undefined ? chosen : pathNamed(inline.name, files)
  const text = inline?.inline ?? (chosen === undefined ? '' : (files[chosen] ?? ''))
  const steps = useSteps(text)
  const firstRequest = steps.find(({ kind }) => kind === 'request' || kind === 'connection')?.index
  const scopeStep = model?.scope.step ?? step ?? firstRequest ?? 0
  const toggle = useMemo(
    () => (key: string) =>
      setOpenFolds((before) => {
        const after = new Set(before)
        if (!after.delete(key)) after.add(key)
        return after
      }),
    [],
  )
  return (
    <div className="run-side">
      <Suspense fallback={<div className="composer" />}>
        <RequestRow
          path={path}
          text={text}
          steps={steps}
          step={scopeStep}
          scopes={model?.scopes ?? []}
          scope={model?.scope}
        />
      </Suspense>
      <RunTabs tab={tab} model={known} report={report} />
      {tab === 'timeline' ? (
        <TimelinePane model={model} onFold={toggle} openFolds={openFolds} />
      ) : (
        <>
          {(job.kind === 'invalid' || job.kind === 'crashed') && shown !== undefined && (
            <p className="pane-note">{t('run.state.before')}</p>
          )}
          <OtherPane tab={tab} model={known} report={report} steps={steps} stopped={stopped} />
        </>
      )}
    </div>
  )
}

const pathNamed = (name: string, files: Readonly<Record<string, string>>): string | undefined =>
  name in files ? name : undefined

function OtherPane(props: {
  readonly tab: 'response' | 'upstream' | 'logs' | 'state' | 'tests'
  readonly model: RunModel | undefined
  readonly report: ScenarioReport | undefined
  readonly steps: ReturnType<typeof useSteps>
  /** The newest run was ended by its deadline: `model` is what is known of it. */
  readonly stopped: boolean
}) {
  const { tab, model, report, steps, stopped } = props
  const t = useText()
  const files = useApp(({ project }) => project.files)
  const nothing = <p className="pane-empty">{t(stopped ? 'run.state.stopped' : 'run.state.nothing')}</p>
  if (model === undefined) return nothing
  switch (tab) {
    case 'response':
      return <ResponsePane exchange={model.exchange} />
    case 'upstream':
      return <UpstreamPane exchange={model.exchange} />
    case 'logs':
      return <LogsPane trace={model.trace} accessLog={report?.accessLog ?? []} files={files} />
    case 'state':
      return report === undefined ? nothing : <StatePane report={report} trace={model.trace} />
    case 'tests':
      return report === undefined ? nothing : <TestsPane report={report} steps={steps} />
  }
}
