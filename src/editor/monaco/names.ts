import { type editor, type IDisposable, languages } from 'monaco-editor/editor'
import type { OutlineItem, SourceRange } from '../../model/language-answer.ts'
import type { LanguageService } from './language-service.ts'
import { pathOf, rangeOf, uriOf } from './places.ts'

type Position = { readonly lineNumber: number; readonly column: number }
type Places = readonly (SourceRange & { readonly declares: boolean })[]

/** Where a name is written: references, what is lit under the caret, renaming, and the outline of a file. */
export function provideNames(language: string, service: LanguageService): readonly IDisposable[] {
  async function places(model: editor.ITextModel, { lineNumber, column }: Position): Promise<Places> {
    const path = pathOf(model)
    const answer = await service.ask(path, { ask: 'references', at: { file: path, line: lineNumber, column } })
    return answer.ask === 'references' ? answer.places : []
  }
  return [
    languages.registerReferenceProvider(language, {
      async provideReferences(model, position, { includeDeclaration }) {
        const found = await places(model, position)
        return found
          .filter(({ declares }) => includeDeclaration || !declares)
          .map((place) => ({ uri: uriOf(place.file), range: rangeOf(place) }))
      },
    }),
    languages.registerDocumentHighlightProvider(language, {
      async provideDocumentHighlights(model, position) {
        const found = await places(model, position)
        return found
          .filter(({ file }) => file === pathOf(model))
          .map((place) => ({
            range: rangeOf(place),
            kind: place.declares ? languages.DocumentHighlightKind.Write : languages.DocumentHighlightKind.Read,
          }))
      },
    }),
    languages.registerRenameProvider(language, {
      async provideRenameEdits(model, { lineNumber, column }, to) {
        const path = pathOf(model)
        const answer = await service.ask(path, { ask: 'rename', at: { file: path, line: lineNumber, column }, to })
        // With a reason Monaco does not announce a success; it shows the reason nowhere.
        if (answer.ask === 'not-renamed')
          return { edits: [], rejectReason: service.notRenamed(answer.reason, answer.message) }
        if (answer.ask === 'unavailable')
          return { edits: [], rejectReason: service.notRenamed('unavailable', answer.message) }
        if (answer.ask !== 'rename') return { edits: [], rejectReason: service.notRenamed('not-own', '') }
        return {
          edits: answer.edits.map((edit) => ({
            resource: uriOf(edit.file),
            versionId: undefined,
            textEdit: { range: rangeOf(edit), text: edit.text },
          })),
        }
      },
    }),
    languages.registerDocumentSymbolProvider(language, {
      async provideDocumentSymbols(model) {
        const answer = await service.ask(pathOf(model), { ask: 'outline', file: pathOf(model) })
        return answer.ask === 'outline' ? answer.items.map(symbolOf) : []
      },
    }),
  ]
}

const kinds: Readonly<Record<OutlineItem['kind'], languages.SymbolKind>> = {
  function: languages.SymbolKind.Function,
  method: languages.SymbolKind.Method,
  field: languages.SymbolKind.Field,
  variable: languages.SymbolKind.Variable,
  constant: languages.SymbolKind.Constant,
  type: languages.SymbolKind.Struct,
  interface: languages.SymbolKind.Interface,
  package: languages.SymbolKind.Package,
  keyword: languages.SymbolKind.Key,
}

const symbolOf = ({ label, kind, detail, range, name, children }: OutlineItem): languages.DocumentSymbol => ({
  name: label,
  detail,
  kind: kinds[kind],
  tags: [],
  range: rangeOf(range),
  selectionRange: rangeOf(name),
  children: children.map(symbolOf),
})
