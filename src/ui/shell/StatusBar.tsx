import { showBottomTab } from '../commands/view.ts'
import { profileOf } from '../store/project.ts'
import type { ShownRun } from '../store/run.ts'
import { type AppState, useApp } from '../store/store.ts'
import { type Text, useText } from '../text.ts'
import { Icon } from './icons.tsx'
import { keyText } from './keys.ts'
import { ToolchainBar } from './ToolchainBar.tsx'
import { toolchainWords } from './toolchain-words.ts'
import { useLayout } from './useLayout.ts'

/** Build, profile, virtual clock, events, trace hash, caret, isolation. Only what is known is said. */
export function StatusBar() {
  const t = useText()
  const narrow = useLayout() === 'tabs'
  const build = useApp((state) => buildText(t, state))
  const broken = useApp((state) => Object.values(state.build).some(({ job }) => job.kind === 'rejected'))
  const compiling = useApp((state) => Object.values(state.build).some(({ job }) => job.kind === 'compiling'))
  const profile = useApp(({ project }) => profileOf(project.files))
  const shown = useApp(({ run }) => run.shown)
  const caret = useApp(({ view }) => view.caret)
  return (
    <footer className="statusbar">
      <button
        type="button"
        className={broken ? 'bad' : ''}
        onClick={() => showBottomTab(broken ? 'problems' : 'build')}
      >
        <Icon name={compiling ? 'busy' : broken ? 'warn' : 'check'} size={13} />
        <span role="status">{build}</span>
      </button>
      <ToolchainBar />
      {!narrow && <GoVersion />}
      {!narrow && <span>{profile}</span>}
      {!narrow && shown !== undefined && (
        <span className="num">{t('ui.status.clock', { time: clockText(shown) })}</span>
      )}
      <span className="push" />
      {shown !== undefined && !narrow && (
        <span className="num">
          {t('ui.status.events', { count: shown.trace.length, time: shown.result.wallMs.toFixed(1) })}
        </span>
      )}
      {shown !== undefined && shown.trace.hash !== '' && (
        <span title={t('ui.status.traceTitle', { hash: shown.trace.hash })}>
          {t('ui.status.trace')} <span className="mono">{shown.trace.hash.slice(0, 8)}</span>
        </span>
      )}
      {!narrow && caret !== undefined && (
        <span className="num">{t('ui.status.caret', { line: caret.line, column: caret.column })}</span>
      )}
      {!narrow && caret !== undefined && <span>{t('ui.status.leave', { keys: keyText('Ctrl+M') })}</span>}
      {!narrow && !globalThis.crossOriginIsolated && (
        <span title={t('ui.status.notIsolatedTitle')}>{t('ui.status.notIsolated')}</span>
      )}
    </footer>
  )
}

/** Which Go it is that compiles; why there is none is said where a build failed for it. */
function GoVersion() {
  const t = useText()
  const state = useApp(({ toolchain }) => toolchain)
  if (state.kind !== 'ready' && state.kind !== 'absent') return null
  return <span title={state.kind === 'absent' ? state.message : undefined}>{toolchainWords(t, state)}</span>
}

function buildText(t: Text, { build }: AppState): string {
  const jobs = Object.entries(build)
  const compiling = jobs.find(([, { job }]) => job.kind === 'compiling')
  if (compiling !== undefined) return t('ui.status.compiling', { name: compiling[0] })
  const rejected = jobs.find(([, { job }]) => job.kind === 'rejected')
  if (rejected !== undefined) return t('ui.status.rejected', { name: rejected[0] })
  const missing = jobs.find(([, { job }]) => job.kind === 'unavailable')
  if (missing !== undefined) return t('ui.status.unavailable', { name: missing[0] })
  const built = jobs.flatMap(([name, { job }]) =>
    job.kind === 'ok' ? t('ui.status.built', { name, time: Math.round(job.milliseconds) }) : [],
  )
  return built.length > 0 ? built.join(', ') : t('ui.status.ready')
}

/** Where the virtual clock stood at the last event, to the microsecond. */
function clockText({ trace }: ShownRun): string {
  const last = trace.length === 0 ? 0 : trace.record(trace.length - 1).at
  const now = trace.clockStart + BigInt(Math.round(last))
  const date = new Date(Number(now / 1_000_000n)).toISOString()
  return date.slice(0, 23).replace('T', ' ')
}
