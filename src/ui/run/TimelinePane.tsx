import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { openFile } from '../commands/files.ts'
import { remember, selectEvent, setSize } from '../commands/view.ts'
import { useFindingWords } from '../inspector/finding-words.ts'
import { HangPanel } from '../inspector/HangPanel.tsx'
import { Inspector } from '../inspector/Inspector.tsx'
import { goTo, sourcePlace } from '../inspector/source-place.ts'
import { Sash } from '../shell/Sash.tsx'
import { useLayout } from '../shell/useLayout.ts'
import { pluginFolders } from '../store/project.ts'
import { getApp, setView, useApp } from '../store/store.ts'
import { useText } from '../text.ts'
import { EventTable } from '../timeline/EventTable.tsx'
import { DISTANCES, type Distance, exchangesOf, useZoom } from '../timeline/far/distance.ts'
import { HowToRead } from '../timeline/HowToRead.tsx'
import type { Row } from '../timeline/row-types.ts'
import { eventWords, laneName, resultWords } from '../timeline/row-words.ts'
import { TimelineView } from '../timeline/TimelineView.tsx'
import { FirstBuild } from './FirstBuild.tsx'
import type { RunModel } from './run-model.ts'
import { matchingRows, numberOf, positionText, useSelection } from './timeline-selection.ts'
import { isTimeline, useDistance } from './useDistance.ts'
import { VerdictBar, VerdictLine } from './VerdictBar.tsx'

const FarPane = lazy(() => import('../timeline/far/FarPane.tsx'))
const noRows: readonly Row[] = []

/** Verdict, timeline and inspector of one exchange. */
export function TimelinePane({
  model,
  openFolds,
  onFold,
}: {
  readonly model: RunModel | undefined
  readonly openFolds: ReadonlySet<string>
  readonly onFold: (key: string) => void
}) {
  const t = useText()
  const layout = useLayout()
  const inspectorSize = useApp(({ view }) => view.sizes.inspector)
  const [table, setTable] = useState(false)
  const [filter, setFilter] = useState('')
  const filterRef = useRef<HTMLInputElement>(null)
  const side = useRef<HTMLDivElement>(null)
  const words = useFindingWords()
  const findings = model?.findings
  const findingText = useCallback(
    (index: number) => {
      const finding = findings?.[index]
      return finding === undefined ? '' : words(finding).what
    },
    [findings, words],
  )
  const rows = model?.timeline.rows ?? noRows
  const [selected, select] = useSelection(model?.timeline, openFolds, onFold)
  const matches = useMemo(
    () =>
      matchingRows(
        model?.timeline,
        filter,
        (row) =>
          `${laneName(t, model?.timeline.lanes[row.lane])} ${eventWords(t, row, findingText)} ${resultWords(t, row)}`,
      ),
    [model, filter, t, findingText],
  )
  // The form that had the focus is gone after a switch: the other one takes it.
  const switchForm = () => {
    flushSync(() => setTable(!table))
    const target = table ? '[role=treegrid]' : '.tl-table tr.sel button, .tl-table button'
    side.current?.querySelector<HTMLElement>(target)?.focus()
  }
  const focusTimeline = () => side.current?.querySelector<HTMLElement>('[role=treegrid]')?.focus()
  const step = (by: 1 | -1) => {
    const at = rows.findIndex((row) => row.key === selected?.key)
    const fits = (row: Row, index: number) => (matches === undefined ? row.kind !== 'finding' : matches.has(index))
    const next =
      by > 0
        ? rows.findIndex((row, index) => index > at && fits(row, index))
        : rows.findLastIndex((row, index) => (at < 0 || index < at) && fits(row, index))
    const row = rows[next]
    if (row !== undefined) select(row.key)
  }
  const verdict = model?.verdict
  const jumpNumber = verdict?.jump === undefined ? undefined : numberOf(model?.timeline, verdict.jump)
  const hang = rows.find((row) => row.kind === 'wait' && row.hang)
  const [distance, distances] = useDistance(model)
  const choose = (next: Distance) => {
    flushSync(() => setView({ distance: next }))
    if (next === 'rows') focusTimeline()
  }
  const zoom = (by: 1 | -1) => {
    const next = DISTANCES[DISTANCES.indexOf(distance) + by]
    if (next !== undefined && distances.includes(next)) choose(next)
  }
  useZoom(side, zoom)
  const showHang = hang !== undefined && (selected === undefined || selected.key === hang.key)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes what is open inside
    <div
      className="timeline-pane"
      ref={side}
      onKeyDown={(event) => {
        if (event.defaultPrevented || event.nativeEvent.isComposing) return
        const inTable = event.target instanceof Element && event.target.closest('.tl-table') !== null
        if (event.key === 't' && inTable && !event.ctrlKey && !event.metaKey && !event.altKey) {
          event.preventDefault()
          switchForm()
        } else if (
          /^[-_+=]$/.test(event.key) &&
          isTimeline(event.target) &&
          !event.ctrlKey &&
          !event.metaKey &&
          !event.altKey
        ) {
          event.preventDefault()
          zoom(event.key === '-' || event.key === '_' ? 1 : -1)
        } else if (event.key === 'Escape' && selected !== undefined) {
          selectEvent(undefined)
          focusTimeline()
        }
      }}
    >
      {model !== undefined && distance !== 'rows' ? (
        <Suspense fallback={<div className="grow" />}>
          <FarPane
            trace={model.trace}
            scopes={model.scopes}
            scope={model.scope}
            findings={model.findings}
            distance={distance}
            distances={distances}
            onDistance={choose}
            bar={(summary, tools) => <VerdictLine verdict={summary} tools={tools} />}
          />
        </Suspense>
      ) : (
        <>
          <VerdictBar
            requests={distances.length > 1 ? exchangesOf(model?.scopes ?? []).length : 0}
            onFar={() => choose('strips')}
            verdict={verdict}
            jumpNumber={jumpNumber}
            position={positionText(t, model?.timeline, selected, matches)}
            events={model?.timeline.events ?? 0}
            table={table}
            filter={filter}
            filterRef={filterRef}
            onFilter={setFilter}
            onTable={switchForm}
            onStep={step}
            onLeaveFilter={focusTimeline}
          />
          {model === undefined ? (
            <FirstBuild />
          ) : table ? (
            <EventTable
              timeline={model.timeline}
              selectedKey={selected?.key}
              findingText={findingText}
              onSelect={select}
            />
          ) : (
            <TimelineView
              trace={model.trace}
              timeline={model.timeline}
              selectedKey={selected?.key ?? (showHang ? hang?.key : undefined)}
              matches={matches}
              findingText={findingText}
              onSelect={select}
              onFold={onFold}
              onSource={(row) => void openSource(model, row)}
              onTable={switchForm}
              onFilter={() => filterRef.current?.focus()}
            />
          )}
          {model !== undefined && model.trace.plugins.length === 0 && selected === undefined && !table && <HowToRead />}
          {model !== undefined && showHang && <HangPanel model={model} onSelect={(seq) => selectEvent(seq)} />}
          {model !== undefined && selected !== undefined && !showHang && (
            <>
              {layout !== 'phone' && (
                <Sash
                  label={t('run.inspector.height')}
                  orientation="horizontal"
                  value={inspectorSize}
                  min={120}
                  max={Math.max(160, window.innerHeight - 320)}
                  direction={-1}
                  onChange={(pixels) => setSize('inspector', pixels)}
                  onDone={remember}
                />
              )}
              <Inspector
                model={model}
                row={selected}
                height={inspectorSize}
                sheet={layout === 'phone'}
                onStep={step}
                onClose={() => selectEvent(undefined)}
              />
            </>
          )}
        </>
      )}
    </div>
  )
}

/** Enter goes to the event's line, else to the plugin's source. */
async function openSource(model: RunModel, row: Row): Promise<void> {
  const lane = model.timeline.lanes[row.lane]
  if (lane?.kind !== 'plugin') return
  const record = model.timeline.records.find(({ seq }) => seq === row.seq)
  const place = record === undefined ? undefined : await sourcePlace(lane.name, record)
  const { project } = getApp()
  const path = `plugins/${lane.name}/${place?.file ?? ''}`
  if (place !== undefined && path in project.files) {
    goTo(path, place)
    return
  }
  const folder = pluginFolders(project).find(({ name }) => name === lane.name)
  if (folder !== undefined && folder.main in project.files) openFile(folder.main)
}
