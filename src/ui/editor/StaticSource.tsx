import { useEffect, useMemo, useRef } from 'react'
import { highlightLines } from '../../editor/highlight.ts'
import { languageOf } from '../../editor/language.ts'
import { onReveal } from '../commands/reveal.ts'
import { useApp } from '../store/store.ts'

/** The file to read, highlighted without the editor, with the editor's own metrics so that nothing moves when it loads. */
export function StaticSource({ path }: { readonly path: string }) {
  const text = useApp(({ project }) => project.files[path] ?? '')
  const lines = useMemo(() => highlightLines(text, languageOf(path)), [text, path])
  const list = useRef<HTMLPreElement>(null)
  useEffect(
    () =>
      onReveal((place) => {
        if (place.path === path) list.current?.children[place.line - 1]?.scrollIntoView({ block: 'center' })
      }),
    [path],
  )
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <pre ref={list} className="static-source" tabIndex={0}>
      {lines.map((tokens, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
        <span className="static-line" key={index}>
          <span className="static-number" aria-hidden="true">
            {index + 1}
          </span>
          <code>
            {tokens.map(({ kind, text: part }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: tokens are replaced as a whole
              <span key={at} className={kind === 'plain' ? undefined : `syn-${kind}`}>
                {part}
              </span>
            ))}
            {'\n'}
          </code>
        </span>
      ))}
    </pre>
  )
}
