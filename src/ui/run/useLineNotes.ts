import { useEffect } from 'react'
import type { CallStacks } from '../../model/guest-look.ts'
import { callStacks } from '../commands/run.ts'
import { handlerPlace, located, type SourcePlace } from '../inspector/source-place.ts'
import { type AppState, getApp, setView, useApp } from '../store/store.ts'
import { type Text, useText } from '../text.ts'
import { visibleText } from '../timeline/display-text.ts'
import type { Phrase } from '../timeline/row-types.ts'
import { sayPhrase } from '../timeline/say.ts'
import { type LineNote, lineNotes, type SourceLine } from './line-notes.ts'
import type { RunModel } from './run-model.ts'

/** Milliseconds of quiet after a run: who types goes on typing, and the run itself comes first. */
const quiet = 300
/** Letters of a value that stand behind a line. */
const longest = 48

/** Keeps the notes beside the source at the exchange on the screen. A run that cannot be repeated has none. */
export function useLineNotes(model: RunModel | undefined): void {
  const t = useText()
  const shown = useApp(({ run }) => run.shown)
  const wanted = useApp(({ view }) => view.showNotes)
  // The run that a visit begins with is there before its modules, and those before their source maps.
  const known = useApp(({ build }) => whatIsKnown(build))
  // biome-ignore lint/correctness/useExhaustiveDependencies: with a module that came since, the run can be repeated
  useEffect(() => {
    if (model === undefined || shown === undefined || model.trace !== shown.trace || !wanted) {
      setNotes([], 0)
      return
    }
    let current = true
    const timer = window.setTimeout(() => {
      if (getApp().project.revision !== shown.revision) return
      void callStacks(shown).then(async (stacks) => {
        const places = stacks && (await placesOf(model, stacks))
        if (!current || places === undefined) return
        const ofHandler = (plugin: string, callback: string) => lineOf(handlerPlace(plugin, callback))
        const notes = lineNotes(model.timeline, model.trace.plugins, { ofCall: (seq) => places.get(seq), ofHandler })
        setNotes(
          notes.map((note) => ({ ...note, text: words(t, note.text) })),
          shown.revision,
        )
      })
    }, quiet)
    return () => {
      current = false
      window.clearTimeout(timer)
    }
  }, [model, shown, known, wanted, t])
}

/** Stays the same from one edit to the next, so that a build alone draws nothing anew. */
const whatIsKnown = (build: AppState['build']): string =>
  Object.entries(build)
    .map(([plugin, { good }]) => `${plugin} ${good === undefined ? 0 : good.sourceMap === '' ? 1 : 2}`)
    .join(' ')

const setNotes = (list: readonly (LineNote & { readonly text: string })[], revision: number): void => {
  if (list.length > 0 || getApp().view.lineNotes.list.length > 0) setView({ lineNotes: { list, revision } })
}

function words(t: Text, text: string | Phrase | undefined): string {
  const said = text === undefined ? '' : typeof text === 'string' ? visibleText(text) : sayPhrase(t, text)
  return said.length > longest ? `${said.slice(0, longest)}…` : said
}

/** The plugin's own line of each host call in the timeline. */
async function placesOf(
  { timeline, trace }: RunModel,
  { stacks, calls }: CallStacks,
): Promise<Map<number, SourceLine>> {
  const stackOf = new Map(calls.map(({ seq, stack }) => [seq, stack]))
  const found = new Map<string, SourceLine | undefined>()
  const places = new Map<number, SourceLine>()
  for (const { seq, plugin, event } of timeline.records) {
    const stack = stackOf.get(seq)
    const name = trace.plugins.find(({ index }) => index === plugin)?.name
    if (event.type !== 'host.call' || stack === undefined || name === undefined) continue
    const key = `${stack} ${name}`
    if (!found.has(key)) found.set(key, lineOf(await located(name, stacks[stack] ?? [])))
    const line = found.get(key)
    if (line !== undefined) places.set(seq, line)
  }
  return places
}

const lineOf = (place: SourcePlace | undefined): SourceLine | undefined =>
  place === undefined || place.library ? undefined : { path: `plugins/${place.plugin}/${place.file}`, line: place.line }
