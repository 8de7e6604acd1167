import type { BuildJob, PluginBuild } from '../store/build.ts'
import { useApp } from '../store/store.ts'
import { type Text, useText } from '../text.ts'
import { unbuiltWords } from './unbuilt-words.ts'

/** What each compiler said, in its own words. */
export function BuildPane() {
  const t = useText()
  const build = useApp((state) => state.build)
  const plugins = Object.entries(build)
  if (plugins.length === 0) return <p className="pane-empty">{t('ui.build.none')}</p>
  return (
    <div className="build-list">
      {plugins.map(([name, state]) => (
        <PluginOutput key={name} name={name} build={state} />
      ))}
    </div>
  )
}

function PluginOutput({ name, build }: { readonly name: string; readonly build: PluginBuild }) {
  const t = useText()
  const { job, good } = build
  const output = job.kind === 'ok' || job.kind === 'rejected' ? job.output.trim() : ''
  return (
    <section>
      <h3>
        {name}
        <span className={job.kind === 'rejected' ? 'bad' : 'dim'}>{jobText(t, job)}</span>
        {good !== undefined && (
          <span className="dim num">{t('ui.build.size', { size: good.wasm.length.toLocaleString('en') })}</span>
        )}
      </h3>
      {output !== '' && <pre>{output}</pre>}
    </section>
  )
}

function jobText(t: Text, job: BuildJob): string {
  switch (job.kind) {
    case 'idle':
      return t('ui.build.prebuilt')
    case 'compiling':
      return t('ui.build.compiling')
    case 'ok':
      return t('ui.build.ok', { time: Math.round(job.milliseconds) })
    case 'rejected':
      return t('ui.build.rejected', { count: job.errors.length })
    case 'unavailable':
      return unbuiltWords(t, job)
  }
}
