import { useMemo } from 'react'
import { openFile } from '../commands/files.ts'
import { revealLine } from '../commands/reveal.ts'
import { selectEvent } from '../commands/view.ts'
import { type PluginFolder, pluginOfPath } from '../store/project.ts'
import { useApp } from '../store/store.ts'
import { useText } from '../text.ts'
import { ActionMark } from '../timeline/ActionMark.tsx'
import { type CallbackSummary, callbackSummaries } from '../timeline/callback-summary.ts'
import { handlers } from './callbacks.ts'

/** Decoding a trace costs about a microsecond per event; beyond this the outline shows handlers only. */
const longestTrace = 50_000

/** Callbacks of the plugin at hand: jump to the handler; what it last returned, or – when it was not called. */
export function CallbackOutline({ plugins }: { readonly plugins: readonly PluginFolder[] }) {
  const t = useText()
  const active = useApp(({ project }) => project.active)
  const name = (active === undefined ? undefined : pluginOfPath(active)) ?? plugins[0]?.name
  const plugin = plugins.find((candidate) => candidate.name === name)
  const source = useApp(({ project }) => (plugin === undefined ? undefined : project.files[plugin.main])) ?? ''
  const trace = useApp(({ run }) => run.shown?.trace)
  const tooLong = trace !== undefined && trace.length > longestTrace
  const called = useMemo(
    () => (trace === undefined || name === undefined || tooLong ? [] : callbackSummaries(trace, name)),
    [trace, name, tooLong],
  )
  const written = useMemo(() => handlers(source), [source])
  if (plugin === undefined) return null
  const entries = mergeEntries(written, called)
  if (entries.length === 0) return null
  return (
    <>
      <h3>{t('ui.outline.title', { name: plugin.name })}</h3>
      <ul className="tree">
        {entries.map((entry) => (
          <OutlineRow key={entry.callback} entry={entry} main={plugin.main} unknown={tooLong} />
        ))}
      </ul>
    </>
  )
}

type Entry = {
  readonly callback: string
  readonly line: number | undefined
  readonly last: CallbackSummary | undefined
}

/** What the source writes; of an uploaded module, what was called. */
function mergeEntries(written: ReturnType<typeof handlers>, called: readonly CallbackSummary[]): readonly Entry[] {
  const short = (callback: string) => callback.replace(/^proxy_/, '')
  if (written.length === 0)
    return called
      .filter(({ callback }) => callback.startsWith('proxy_on_') && !callback.includes('context'))
      .map((last) => ({ callback: short(last.callback), line: undefined, last }))
  return written.map(({ callback, line }) => ({
    callback,
    line,
    last: called.find((summary) => short(summary.callback) === callback),
  }))
}

function OutlineRow({
  entry,
  main,
  unknown,
}: {
  readonly entry: Entry
  readonly main: string
  /** The run was too long to look for what was called. */
  readonly unknown: boolean
}) {
  const t = useText()
  const { callback, line, last } = entry
  const go = () => {
    if (last !== undefined) selectEvent(last.seq)
    if (line === undefined) return
    openFile(main)
    revealLine(main, line, 1, true)
  }
  return (
    <li>
      <button type="button" className="tree-item" data-tree-item onClick={go} title={last?.word}>
        <span className="trunc">{callback}</span>
        <span className={`end act-${last?.mark ?? ''}`}>
          {last === undefined ? (
            unknown ? null : (
              <span className="outline-missing" title={t('ui.outline.notCalled')}>
                –
              </span>
            )
          ) : (
            last.mark !== undefined && <ActionMark mark={last.mark} flip={last.direction === 'response'} />
          )}
        </span>
      </button>
    </li>
  )
}
