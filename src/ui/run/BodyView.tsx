import { useMemo, useState } from 'react'
import { useText } from '../text.ts'
import { Data } from '../timeline/Data.tsx'
import { sizeText, utf8 } from '../timeline/display-text.ts'

type Mode = 'text' | 'json' | 'hex'
/** Characters shown at once; more would make the page slow. */
const SHOWN = 200_000

/** A body as text, JSON or hex. Its size stands before its content. */
export function BodyView({ body, chunks }: { readonly body: Uint8Array; readonly chunks: number }) {
  const t = useText()
  const text = useMemo(() => utf8(body), [body])
  const json = useMemo(() => prettyJson(text), [text])
  const [chosen, setChosen] = useState<Mode | undefined>(undefined)
  const modes: Mode[] = [
    ...(text === undefined ? [] : (['text'] as const)),
    ...(json === undefined ? [] : (['json'] as const)),
    'hex',
  ]
  const mode = chosen !== undefined && modes.includes(chosen) ? chosen : (modes[0] ?? 'hex')
  if (body.length === 0) return <p className="body-empty dim">{t('run.body.empty')}</p>
  const content = mode === 'hex' ? hexDump(body.subarray(0, SHOWN / 4)) : mode === 'json' ? (json ?? '') : (text ?? '')
  return (
    <div className="body-view">
      <div className="body-head">
        <span className="num">{sizeText(body.length)}</span>
        {chunks > 1 && <span className="dim">{t('run.body.chunks', { count: chunks })}</span>}
        <span className="grow" />
        {modes.length > 1 &&
          modes.map((name) => (
            <button
              key={name}
              type="button"
              className="btn sm"
              aria-pressed={mode === name}
              onClick={() => setChosen(name)}
            >
              {t(`run.body.${name}`)}
            </button>
          ))}
      </div>
      <pre className="body-text">
        <Data text={content.slice(0, SHOWN)} keep={'\n\t'} />
      </pre>
      {content.length > SHOWN && <p className="dim">{t('run.body.cut', { size: sizeText(SHOWN) })}</p>}
    </div>
  )
}

function prettyJson(text: string | undefined): string | undefined {
  if (text === undefined || !/^\s*[[{]/.test(text)) return undefined
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    // Not JSON: the text form shows it as it is.
    return undefined
  }
}

function hexDump(bytes: Uint8Array): string {
  const lines: string[] = []
  for (let at = 0; at < bytes.length; at += 16) {
    const part = [...bytes.subarray(at, at + 16)]
    const hex = part.map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
    const plain = part.map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.')).join('')
    lines.push(`${at.toString(16).padStart(6, '0')}  ${hex.padEnd(47)}  ${plain}`)
  }
  return lines.join('\n')
}
