import type { ReactNode, RefObject } from 'react'
import { unbuiltWords } from '../bottom/unbuilt-words.ts'
import { rebuildAndRun } from '../commands/live.ts'
import { runNow } from '../commands/run.ts'
import { selectEvent, selectStep, showBottomTab } from '../commands/view.ts'
import { goToCallback } from '../inspector/source-place.ts'
import { Icon } from '../shell/icons.tsx'
import { ToolchainBar } from '../shell/ToolchainBar.tsx'
import { isOnItsWay } from '../shell/toolchain-words.ts'
import { brokenPlugin, isCompiling, isOutOfDate, unbuiltPlugin } from '../store/selectors.ts'
import { useApp } from '../store/store.ts'
import { useProblemText, useText } from '../text.ts'
import { ActionMark } from '../timeline/ActionMark.tsx'
import { visibleText } from '../timeline/display-text.ts'
import { sayPhrase } from '../timeline/say.ts'
import type { Verdict } from '../timeline/verdict.ts'
import { jobSentence } from './job-sentence.ts'

type Props = {
  /** How many requests the run has, where it can be seen from afar; 0 otherwise. */
  readonly requests: number
  readonly onFar: () => void
  readonly verdict: Verdict | undefined
  /** The number of the event to look at next, if the verdict has one. */
  readonly jumpNumber: number | undefined
  readonly position: string
  readonly events: number
  readonly table: boolean
  readonly filter: string
  readonly filterRef: RefObject<HTMLInputElement | null>
  readonly onFilter: (text: string) => void
  readonly onTable: () => void
  readonly onStep: (by: 1 | -1) => void
  readonly onLeaveFilter: () => void
}

/** How the run ended in one sentence, and the way through its events. */
export function VerdictBar(props: Props) {
  const t = useText()
  return (
    <div className="verdict">
      <Sentence {...props} />
      {props.events > 0 && (
        <fieldset className="verdict-tools" aria-label={t('run.events.group')}>
          <label className="filter">
            <Icon name="search" size={13} />
            <input
              ref={props.filterRef}
              value={props.filter}
              placeholder={t('run.events.filter')}
              aria-label={t('run.events.filter')}
              spellCheck={false}
              onChange={(event) => props.onFilter(event.target.value)}
              onKeyDown={(event) => {
                if (event.nativeEvent.isComposing) return
                if (event.key === 'Escape') {
                  props.onFilter('')
                  props.onLeaveFilter()
                } else if (event.key === 'Enter') props.onStep(event.shiftKey ? -1 : 1)
                else return
                event.preventDefault()
              }}
            />
            <kbd>/</kbd>
          </label>
          {props.requests > 0 && (
            <button type="button" className="btn sm" title={t('run.far.stripsTitle')} onClick={props.onFar}>
              {t('run.far.all', { count: props.requests })}
            </button>
          )}
          <button
            type="button"
            className="btn sm icon"
            aria-pressed={props.table}
            aria-label={t('run.events.table')}
            title={t('run.events.table')}
            onClick={props.onTable}
          >
            <Icon name="table" size={15} />
          </button>
          <span className="sep" />
          <button
            type="button"
            className="btn sm icon"
            aria-label={t('run.events.previous')}
            onClick={() => props.onStep(-1)}
          >
            <Icon name="left" size={16} />
          </button>
          <span className="num mid position">{props.position}</span>
          <button
            type="button"
            className="btn sm icon"
            aria-label={t('run.events.next')}
            onClick={() => props.onStep(1)}
          >
            <Icon name="right" size={16} />
          </button>
        </fieldset>
      )}
    </div>
  )
}

/** The same sentence beside other tools: of a run that is seen from afar. */
export function VerdictLine({ verdict, tools }: { readonly verdict: Verdict; readonly tools: ReactNode }) {
  return (
    <div className="verdict">
      <Sentence verdict={verdict} jumpNumber={undefined} />
      {tools}
    </div>
  )
}

/** What is going on stands before what was: compiling, a failed build, a limit, an out-of-date run, then the verdict. */
function Sentence({ verdict, jumpNumber }: Pick<Props, 'verdict' | 'jumpNumber'>) {
  const t = useText()
  const job = useApp(({ run }) => run.job)
  const compiling = useApp(isCompiling)
  const broken = useApp(brokenPlugin)
  const stale = useApp(isOutOfDate)
  const unbuilt = useApp(unbuiltPlugin)
  const ordered = useApp(({ run }) => run.shown?.schedule !== undefined)
  const toolchain = useApp((state) => state.toolchain)
  const problemText = useProblemText()
  const state = jobSentence(job, t, problemText)
  if (state !== undefined)
    return (
      <Line mark={state.mark} title={state.title} sub={state.sub}>
        {job.kind === 'deadline' && (
          <button type="button" className="btn sm" onClick={() => goToCallback(job.plugin, job.callback)}>
            {t('run.job.showHandler')}
          </button>
        )}
        {job.kind === 'invalid' && (
          <button type="button" className="btn sm" onClick={() => showBottomTab('problems')}>
            {t('run.state.showProblems')}
          </button>
        )}
      </Line>
    )
  if (broken !== undefined)
    return (
      <Line
        mark="warn"
        title={t('run.build.failed')}
        sub={verdict === undefined ? visibleText(broken) : t('run.build.below')}
      >
        <button type="button" className="btn sm" onClick={() => showBottomTab('problems')}>
          {t('run.build.show')}
        </button>
      </Line>
    )
  if (unbuilt !== undefined)
    return (
      <Line
        mark="warn"
        title={t('run.build.unavailable', { plugin: visibleText(unbuilt.plugin) })}
        sub={unbuiltWords(t, unbuilt.job)}
      >
        <button type="button" className="btn sm" onClick={() => void rebuildAndRun()}>
          {t('run.build.again')}
        </button>
      </Line>
    )
  if (compiling && isOnItsWay(toolchain))
    return (
      <Line mark={undefined} title={t('run.build.compiling')} sub="">
        <ToolchainBar />
      </Line>
    )
  if (verdict === undefined)
    return <Line mark={undefined} title={compiling ? t('run.build.compiling') : t('run.state.nothing')} sub="" />
  const title = sayPhrase(t, verdict.title)
  const words = verdict.sub.map((phrase) => sayPhrase(t, phrase))
  const sub = (ordered ? [t('run.orders.onScreen'), ...words] : words).join(', ')
  const { jump } = verdict
  return (
    <Line mark={verdict.mark} title={title} sub={stale ? t('run.state.outOfDate') : sub} stale={stale}>
      {stale && !compiling && (
        <button type="button" className="btn sm line" onClick={() => void runNow()}>
          {t('run.state.run')}
        </button>
      )}
      {!stale && jump !== undefined && jumpNumber === undefined && (
        <button
          type="button"
          className="btn sm"
          onClick={() => {
            selectStep(-1)
            selectEvent(jump)
          }}
        >
          {t('run.verdict.why')}
        </button>
      )}
      {!stale && jump !== undefined && jumpNumber !== undefined && (
        <button type="button" className="btn sm" onClick={() => selectEvent(jump)}>
          {t('run.events.number', { number: jumpNumber })}
        </button>
      )}
    </Line>
  )
}

function Line(props: {
  readonly mark: Verdict['mark']
  readonly title: string
  readonly sub: string
  readonly stale?: boolean
  readonly children?: React.ReactNode
}) {
  return (
    <div className="sentence" role="status">
      <h2>
        {props.mark === 'warn' ? (
          <span className="bad">
            <Icon name="warn" size={15} />
          </span>
        ) : props.mark === undefined ? null : (
          <ActionMark mark={props.mark} size={15} />
        )}
        <span className="trunc">{props.title}</span>
      </h2>
      <span className="sub trunc">{props.sub}</span>
      {props.children}
    </div>
  )
}
