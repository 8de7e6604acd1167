import { textParts } from './display-text.ts'

/** Text from a guest, header or body. What could act (control characters, bidirectional marks) is shown as an escape. */
export function Data({ text, keep = '' }: { readonly text: string; readonly keep?: string }) {
  const parts = textParts(text, keep)
  if (parts.every((part) => !part.escaped)) return <>{text}</>
  let at = 0
  return (
    <bdi>
      {parts.map((part) => {
        at += part.text.length
        return part.escaped ? (
          <span key={at} className="escape">
            {part.text}
          </span>
        ) : (
          part.text
        )
      })}
    </bdi>
  )
}
