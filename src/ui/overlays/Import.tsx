import { type ChangeEvent, useMemo, useRef, useState } from 'react'
import { type GoProgram, recogniseGoProgram } from '../../model/import/go-program.ts'
import { type ImportResult, importText } from '../../model/import/import.ts'
import { looksLikeLink, openLink } from '../../model/share/link.ts'
import type { ProjectFiles } from '../../sandbox/entry/api.ts'
import { takeFiles } from '../commands/drop.ts'
import { addGoProgram } from '../commands/go-program.ts'
import { offerProject } from '../commands/links.ts'
import { freePluginName } from '../commands/plugins.ts'
import { applyFiles } from '../commands/tree.ts'
import { closeOverlay, openOverlay } from '../commands/view.ts'
import { getApp, useApp } from '../store/store.ts'
import { useProblemText, useText } from '../text.ts'
import { Sheet } from './Sheet.tsx'

/** Paste, choose or drop what the gateway's documents use; what would be filled in is shown before it is. */
export default function Import(props: { readonly text: string; readonly name: string }) {
  const t = useText()
  const [text, setText] = useState(props.text)
  const files = useApp(({ project }) => project.files)
  const name = props.name === '' ? t('ui.import.pasted') : props.name
  const isLink = looksLikeLink(text)
  const go = useMemo(() => recogniseGoProgram(text), [text])
  const result = useMemo(
    () => (text.trim() === '' || isLink || go !== undefined ? undefined : importText(text, name, files)),
    [text, name, files, isLink, go],
  )
  return (
    <Sheet title={t('ui.project.import')} wide>
      <p>{t('ui.import.text')}</p>
      <label className="field">
        <span>{name}</span>
        <textarea
          className="input import-text"
          value={text}
          spellCheck={false}
          onChange={(event) => setText(event.target.value)}
          placeholder={t('ui.import.placeholder')}
        />
      </label>
      {result !== undefined && <Outcome result={result} files={files} />}
      {go !== undefined && <GoNote program={go} />}
      <div className="actions">
        <FileButton />
        {go !== undefined && (
          <button type="button" className="btn solid" onClick={() => takeGo(go, text)}>
            {t('ui.import.go.apply')}
          </button>
        )}
        {isLink && (
          <button type="button" className="btn solid" onClick={() => takeLink(text)}>
            {t('ui.import.openLink')}
          </button>
        )}
        {result !== undefined && 'files' in result && (
          <button
            type="button"
            className="btn solid"
            onClick={() => {
              closeOverlay()
              applyFiles(result.files, t('ui.import.done', { name }))
            }}
          >
            {t('ui.import.apply')}
          </button>
        )}
      </div>
    </Sheet>
  )
}

/** In a project of its own every name is free. */
const goName = (program: GoProgram, touched: boolean): string => {
  const wished = program.name ?? 'my-plugin'
  return touched ? freePluginName(wished) : wished
}

function takeGo(program: GoProgram, text: string): void {
  const name = goName(program, getApp().project.touched)
  closeOverlay()
  void addGoProgram(name, program.sdk, text)
}

function GoNote({ program }: { readonly program: GoProgram }) {
  const t = useText()
  const touched = useApp(({ project }) => project.touched)
  return (
    <p className="note">{t(touched ? 'ui.import.go.added' : 'ui.import.go.own', { name: goName(program, touched) })}</p>
  )
}

function takeLink(text: string): void {
  const opened = openLink(text)
  closeOverlay()
  if (opened.ok) offerProject(opened.value)
  else openOverlay({ kind: 'bad-link', failure: opened.error })
}

function FileButton() {
  const t = useText()
  const input = useRef<HTMLInputElement>(null)
  const chosen = (event: ChangeEvent<HTMLInputElement>) => {
    const files = [...(event.target.files ?? [])]
    closeOverlay()
    void takeFiles(files)
  }
  return (
    <>
      <input ref={input} type="file" multiple hidden onChange={chosen} accept=".wasm,.zip,.yaml,.yml,.txt,.go" />
      <button type="button" className="btn line" onClick={() => input.current?.click()}>
        {t('ui.import.choose')}
      </button>
    </>
  )
}

function Outcome({ result, files }: { readonly result: ImportResult; readonly files: ProjectFiles }) {
  const t = useText()
  const problemText = useProblemText()
  switch (result.kind) {
    case 'unknown':
      return <p className="note warn">{t('ui.import.unknown')}</p>
    case 'unusable':
      return (
        <div className="note warn">
          {t('ui.import.unusable')}
          <ul>
            {result.problems.slice(0, 8).map((problem) => (
              <li key={`${problem.file}:${problem.line}:${problem.column}:${problem.code}`}>
                <span className="mono">
                  {problem.file}:{problem.line}:{problem.column}
                </span>{' '}
                {problemText(problem)}
              </li>
            ))}
          </ul>
        </div>
      )
    default:
      return <Filled result={result} before={files} />
  }
}

type Usable = Extract<ImportResult, { readonly left: unknown }>

function Filled({ result, before }: { readonly result: Usable; readonly before: ProjectFiles }) {
  const t = useText()
  return (
    <>
      <div className="note">
        {t(`ui.import.kind.${result.kind}`)}
        {result.plugins.map(({ name, isNew }) => (
          <div key={name}>{t(isNew ? 'ui.import.pluginNew' : 'ui.import.pluginKnown', { name })}</div>
        ))}
        {Object.entries(result.files).map(([path, text]) => (
          <details key={path}>
            <summary>
              {path} <span className="dim">{t(path in before ? 'ui.import.changed' : 'ui.import.added')}</span>
            </summary>
            <pre>{text}</pre>
          </details>
        ))}
      </div>
      {result.left.length > 0 && (
        <div className="note warn">
          {t('ui.import.left', { count: result.left.length })}
          <ul>
            {result.left.map((field) => (
              <li key={`${field.line}:${field.path}`}>
                {t('ui.import.line', { line: field.line })} <code>{field.path}</code>
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  )
}
