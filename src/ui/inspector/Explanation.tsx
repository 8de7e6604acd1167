import type { Finding } from '../../model/report.ts'
import type { FindingEdit } from '../../sandbox/explain/describe-finding.ts'
import { configPath, openConfiguration } from '../commands/configuration.ts'
import { openFile, setText } from '../commands/files.ts'
import { revealLine } from '../commands/reveal.ts'
import { showServices } from '../commands/services-view.ts'
import { useApp } from '../store/store.ts'
import { useText } from '../text.ts'
import { visibleText } from '../timeline/display-text.ts'
import { type EditPlace, placeOfEdit } from './finding-edit.ts'
import { useFindingWords } from './finding-words.ts'
import { goTo } from './source-place.ts'
import { useSourceMap } from './useSourceMap.ts'

/** What happened, why, and what to do: always in this order. */
export function Explanation({ finding }: { readonly finding: Finding }) {
  const map = useSourceMap(finding.plugin, finding.params.offsets !== undefined)
  const words = useFindingWords()(finding, map === undefined ? undefined : (_plugin, offsets) => map.locate(offsets))
  return (
    <div className={`explain ${finding.severity}`}>
      <p className="lead">{words.what}</p>
      {words.why !== '' && <p>{words.why}</p>}
      {words.todo !== '' && <p className="todo">{words.todo}</p>}
      {words.edit !== undefined && <EditButton edit={words.edit} />}
      <AddServiceButton finding={finding} />
      <ConfigurationButton finding={finding} />
      <PlaceButton finding={finding} />
    </div>
  )
}

const mayBeAdded = /^((unknown|near)-cluster|other-(port|version|registry))$/

/** A cluster that is not there can be added, as a Redis where its name says so; the form then shows it. */
function AddServiceButton({ finding: { rule, params } }: { readonly finding: Finding }) {
  const t = useText()
  const { cluster, variant } = params
  if (rule !== 'callout-refused' || typeof cluster !== 'string' || !mayBeAdded.test(String(variant))) return null
  const add = async () => {
    const { createService } = await import('../commands/services.ts')
    createService(cluster, /redis|\|6379\|/.test(cluster) ? 'redis' : 'fixed')
    showServices(cluster)
  }
  return (
    <div className="do">
      <button type="button" className="btn line sm" onClick={() => void add()}>
        {t('services.addThis', { name: visibleText(cluster) })}
      </button>
    </div>
  )
}

/** A configuration that a plugin refused is a click away; where there is none it is written first. */
function ConfigurationButton({ finding: { rule, plugin, params } }: { readonly finding: Finding }) {
  const t = useText()
  const known = useApp(({ project }) => configPath(plugin) in project.files)
  if (rule !== 'module-rejected' || !String(params.variant).startsWith('configure-')) return null
  return (
    <div className="do">
      <button type="button" className="btn line sm" onClick={() => openConfiguration(plugin)}>
        {t(known ? 'ui.files.openConfig' : 'ui.files.addConfig')}
      </button>
    </div>
  )
}

/** A finding that knows its line (a Go panic) leads there, if that file is the plugin's own. */
function PlaceButton({ finding }: { readonly finding: Finding }) {
  const t = useText()
  const { file, line } = finding.params
  const path = typeof file === 'string' ? `plugins/${finding.plugin}/${file.replace(/^(?:\.?\/)+/, '')}` : ''
  const known = useApp(({ project }) => path in project.files)
  if (!known || typeof line !== 'number') return null
  return (
    <div className="do">
      <button type="button" className="btn line sm" onClick={() => goTo(path, { line, column: 1 })}>
        {t('run.edit.show', { file: visibleText(path.split('/').at(-1) ?? ''), line })}
      </button>
    </div>
  )
}

/** Drawn only where the text to change stands exactly once in the plugin's files, so that pressing it works. */
export function EditButton({ edit }: { readonly edit: FindingEdit }) {
  const t = useText()
  const files = useApp(({ project }) => project.files)
  const place = placeOfEdit(edit, files)
  if (place === undefined) return null
  const file = place.path.split('/').at(-1) ?? place.path
  return (
    <div className="do">
      <button type="button" className="btn line sm" onClick={() => apply(place)}>
        {t('run.edit.use', { text: visibleText(edit.with), file: visibleText(file), line: place.line })}
      </button>
    </div>
  )
}

function apply(place: EditPlace): void {
  openFile(place.path)
  setText(place.path, place.after)
  revealLine(place.path, place.line)
}
