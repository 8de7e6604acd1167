import { useMemo, useState } from 'react'
import type { LogLevel, TraceView } from '../../model/trace.ts'
import type { ProjectFiles } from '../../sandbox/entry/api.ts'
import { panicLines, withWholePanics } from '../../sandbox/explain/go-panic-log.ts'
import { selectEvent, showRunTab } from '../commands/view.ts'
import { useText } from '../text.ts'
import { Data } from '../timeline/Data.tsx'
import { millisText } from '../timeline/display-text.ts'
import { laneClass } from '../timeline/LaneHeader.tsx'
import { jsonFields } from './json-fields.ts'
import { type RunLog, runLogs } from './run-logs.ts'

const LEVELS: readonly LogLevel[] = ['trace', 'debug', 'info', 'warn', 'error', 'critical']

/** Every line of the run, by level and plugin, or as Envoy prints it; and the access log. */
export function LogsPane({
  trace,
  accessLog,
  files,
}: {
  readonly trace: TraceView
  readonly accessLog: readonly string[]
  readonly files: ProjectFiles
}) {
  const t = useText()
  const [level, setLevel] = useState<LogLevel>('trace')
  const [plugin, setPlugin] = useState('')
  const [view, setView] = useState<'lines' | 'raw' | 'access'>('lines')
  const logs = useMemo(() => runLogs(trace, files), [trace, files])
  const names = [...new Set(logs.map((log) => log.plugin))].filter((name) => name !== '')
  const seen = logs.filter(
    (log) => LEVELS.indexOf(log.level) >= LEVELS.indexOf(level) && (plugin === '' || log.plugin === plugin),
  )
  return (
    <div className="pane logs">
      <div className="pane-bar">
        {(['lines', 'raw', 'access'] as const).map((name) => (
          <button
            key={name}
            type="button"
            className="btn sm"
            aria-pressed={view === name}
            onClick={() => setView(name)}
          >
            {t(`run.logs.${name}`)}
          </button>
        ))}
        <span className="grow" />
        {view !== 'access' && (
          <>
            <label>
              <span className="dim">{t('run.logs.from')}</span>
              <select
                value={level}
                onChange={(event) => setLevel(LEVELS.find((name) => name === event.target.value) ?? 'trace')}
              >
                {LEVELS.map((name) => (
                  <option key={name} value={name}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
            {names.length > 1 && (
              <label>
                <span className="dim">{t('run.logs.plugin')}</span>
                <select value={plugin} onChange={(event) => setPlugin(event.target.value)}>
                  <option value="">{t('run.logs.all')}</option>
                  {names.map((name) => (
                    <option key={name}>{name}</option>
                  ))}
                </select>
              </label>
            )}
          </>
        )}
      </div>
      {view === 'access' ? <AccessLog lines={accessLog} /> : <Lines logs={seen} raw={view === 'raw'} />}
    </div>
  )
}

function AccessLog({ lines }: { readonly lines: readonly string[] }) {
  const t = useText()
  if (lines.length === 0) return <p className="pane-empty">{t('run.logs.noAccess')}</p>
  return (
    <pre className="raw">
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: equal lines are told apart by their place only
        <div key={index}>
          <AccessLine line={line.trimEnd()} />
        </div>
      ))}
    </pre>
  )
}

/** A JSON line breaks between its fields, not inside a value. */
function AccessLine({ line }: { readonly line: string }) {
  const fields = jsonFields(line)
  if (fields === undefined) return <Data text={line} />
  let at = 0
  return fields.map((field) => {
    at += field.length
    return (
      <span key={at} className="field">
        <Data text={field} />
      </span>
    )
  })
}

function Lines({ logs, raw }: { readonly logs: readonly RunLog[]; readonly raw: boolean }) {
  const t = useText()
  if (logs.length === 0) return <p className="pane-empty">{t('run.logs.none')}</p>
  if (raw)
    return (
      <pre className="raw">
        {logs
          .filter((log) => log.shown)
          .map((log) => (
            <div key={log.seq}>
              <Data text={log.raw} />
            </div>
          ))}
      </pre>
    )
  return (
    <ol className="log-lines">
      {withWholePanics(logs).map((log) => (
        <li key={log.seq} className={log.shown ? '' : 'hidden-line'}>
          <button
            type="button"
            onClick={() => {
              selectEvent(log.seq)
              showRunTab('timeline')
            }}
          >
            <span className="num dim">{millisText(log.at)}</span>
            <span className={`level level-${log.level}`}>{log.level}</span>
            <span className={laneClass(log.lane)}>{log.plugin}</span>
            <span className="text">
              <Data text={log.message} keep={panicLines(log.message).length > 1 ? '\n\t' : ''} />
              {!log.shown && <span className="dim"> {t('run.row.hidden')}</span>}
            </span>
          </button>
        </li>
      ))}
    </ol>
  )
}
