import type { FindingEdit } from '../../sandbox/explain/describe-finding.ts'

/** Where an edit would be made, and the file's text after it. */
export type EditPlace = { readonly path: string; readonly line: number; readonly after: string }

/** The one place in a plugin's files where the text to change stands; none if it is absent or stands more than once. */
export function placeOfEdit(edit: FindingEdit, files: Readonly<Record<string, string>>): EditPlace | undefined {
  const found: EditPlace[] = []
  for (const [path, text] of Object.entries(files)) {
    if (!path.startsWith(`plugins/${edit.plugin}/`)) continue
    for (let at = text.indexOf(edit.replace); at >= 0; at = text.indexOf(edit.replace, at + edit.replace.length)) {
      found.push({
        path,
        line: text.slice(0, at).split('\n').length,
        after: text.slice(0, at) + edit.with + text.slice(at + edit.replace.length),
      })
    }
  }
  return found.length === 1 ? found[0] : undefined
}
