import { type ReactNode, useEffect, useId, useState } from 'react'
import { openFile, setText } from '../commands/files.ts'
import { runScenario } from '../commands/run.ts'
import { Icon } from '../shell/icons.tsx'
import { useText } from '../text.ts'
import { sizeText, visibleText } from '../timeline/display-text.ts'
import type { Scope } from '../timeline/scopes.ts'
import { RequestEditor } from './RequestEditor.tsx'
import { StepMenu } from './StepMenu.tsx'
import { emptyDraft, type RequestDraft, type StepLine, sameDraft, writeRequest } from './scenario-text.ts'

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS']

/** Which request is looked at, and its parts to change. Send runs the scenario with the change, without writing it. */
export function RequestRow(props: {
  readonly path: string | undefined
  readonly text: string
  readonly steps: readonly StepLine[]
  readonly step: number
  readonly scopes: readonly Scope[]
  readonly scope: Scope | undefined
}): ReactNode {
  const { path, text, steps, step } = props
  const t = useText()
  const id = useId()
  const [open, setOpen] = useState(false)
  const written = steps[step]?.draft
  const [draft, setDraft] = useState<RequestDraft>(written ?? emptyDraft)
  const key = JSON.stringify([path, step, written ?? null])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another request, or the same one written anew
  useEffect(() => setDraft(written ?? emptyDraft), [key])
  const changed = !sameDraft(draft, written ?? emptyDraft)
  const editable = steps[step] === undefined || written !== undefined
  const change = (part: Partial<RequestDraft>) => setDraft({ ...draft, ...part })
  const edited = () => writeRequest(text, Math.max(0, step), draft)
  const send = () => {
    if (!changed && path !== undefined) return void runScenario({ file: path })
    void runScenario({ inline: edited(), name: path ?? t('run.request.oneOff') })
  }
  const keep = () => {
    if (path === undefined) return
    setText(path, edited())
    void runScenario({ file: path })
  }
  return (
    <div className="composer-box">
      <form
        className="composer"
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <StepMenu {...props} />
        {editable ? (
          <>
            <div className="url">
              <select
                className="m"
                aria-label={t('run.request.method')}
                value={draft.method}
                onChange={(event) => change({ method: event.target.value })}
              >
                {[...new Set([...METHODS, draft.method])].map((method) => (
                  <option key={method}>{method}</option>
                ))}
              </select>
              <input
                className="u"
                aria-label="URL"
                value={draft.url}
                spellCheck={false}
                autoComplete="off"
                onChange={(event) => change({ url: event.target.value })}
              />
              <button
                type="button"
                className="opt"
                aria-expanded={open}
                aria-controls={id}
                onClick={() => setOpen(!open)}
              >
                <span className="word">{t('run.request.headers')}</span>{' '}
                <span className="count">{draft.headers.length}</span>
                {draft.body !== '' && (
                  <span className="dim">{sizeText(new TextEncoder().encode(draft.body).length)}</span>
                )}
                <Icon name="down" size={13} />
              </button>
            </div>
            {changed && path !== undefined && (
              <button type="button" className="btn" onClick={keep} title={t('run.request.keepIn', { path })}>
                {t('run.request.keep')}
              </button>
            )}
            <button type="submit" className="btn line">
              {t('run.request.send')}
            </button>
          </>
        ) : (
          <StepSummary line={steps[step]} path={path} onSend={send} />
        )}
      </form>
      {open && editable && <RequestEditor id={id} draft={draft} onChange={change} onSend={send} />}
    </div>
  )
}

/** A step that the form does not edit: what it does, where it is written, and a way to run it again. */
function StepSummary(props: {
  readonly line: StepLine | undefined
  readonly path: string | undefined
  readonly onSend: () => void
}) {
  const { line, path } = props
  const t = useText()
  if (line === undefined) return null
  return (
    <>
      <span className="mid grow trunc">
        {t(`run.step.${line.kind}`, { label: visibleText(line.label), count: line.pieces ?? 0 })}
      </span>
      {path !== undefined && (
        <>
          <button type="button" className="btn trunc" onClick={() => openFile(path)}>
            {t('run.request.openFile', { file: path.replace(/^.*\//, '') })}
          </button>
          <button type="button" className="btn line" onClick={props.onSend}>
            {t('run.request.send')}
          </button>
        </>
      )}
    </>
  )
}
