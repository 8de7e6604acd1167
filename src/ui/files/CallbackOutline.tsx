import { useMemo } from 'react'
import { openFile } from '../commands/files.ts'
import { revealLine } from '../commands/reveal.ts'
import { selectEvent } from '../commands/view.ts'
import { type PluginFolder, pluginOfPath } from '../store/project.ts'
import { useApp } from '../store/store.ts'
import { useText } from '../text.ts'
import { lastReturns, type OutlineEntry, outline } from './callbacks.ts'

const none = new Map()

/** Callbacks of the plugin at hand: jump to the handler; what it last returned, or – when it was not called. */
export function CallbackOutline({ plugins }: { readonly plugins: readonly PluginFolder[] }) {
  const t = useText()
  const active = useApp(({ project }) => project.active)
  const name = (active === undefined ? undefined : pluginOfPath(active)) ?? plugins[0]?.name
  const plugin = plugins.find((candidate) => candidate.name === name)
  const source = useApp(({ project }) => (plugin === undefined ? undefined : project.files[plugin.main])) ?? ''
  const trace = useApp(({ run }) => run.shown?.trace)
  const returns = useMemo(
    () => (trace === undefined || name === undefined || trace.length > 20_000 ? none : lastReturns(trace, name)),
    [trace, name],
  )
  const entries = useMemo(() => outline(source, returns), [source, returns])
  if (plugin === undefined || entries.length === 0) return null
  return (
    <>
      <h3>{t('ui.outline.title', { name: plugin.name })}</h3>
      <ul className="tree">
        {entries.map((entry) => (
          <Entry key={entry.callback} entry={entry} main={plugin.main} />
        ))}
      </ul>
    </>
  )
}

function Entry({ entry, main }: { readonly entry: OutlineEntry; readonly main: string }) {
  const t = useText()
  const { callback, line, last } = entry
  const go = () => {
    if (last !== undefined) selectEvent(last.seq)
    if (line === undefined) return
    openFile(main)
    revealLine(main, line)
  }
  return (
    <li>
      <button type="button" className="tree-item" data-tree-item onClick={go}>
        <span className="trunc">{callback}</span>
        <span className="end">{last === undefined ? <NotCalled label={t('ui.outline.notCalled')} /> : <Last last={last} />}</span>
      </button>
    </li>
  )
}

function NotCalled({ label }: { readonly label: string }) {
  return (
    <span className="outline-missing" title={label}>
      <span aria-hidden="true">–</span>
      <span className="visually-hidden">{label}</span>
    </span>
  )
}

function Last({ last }: { readonly last: NonNullable<OutlineEntry['last']> }) {
  const word = last.returned === 'trap' ? 'trap' : last.action
  return <span className="dim">{word}</span>
}
