import { editor, type IDisposable, languages } from 'monaco-editor/editor'
import type { TextEdit } from '../../model/diagnostic.ts'
import type {
  CompletionItem,
  LanguageAnswer,
  LanguageQuestion,
  RenameRefusal,
  SourceRange,
} from '../../model/language-answer.ts'
import { type Change, smallestChange } from '../smallest-change.ts'
import { provideNames } from './names.ts'
import { pathOf, rangeOf, uriOf } from './places.ts'
import { plainMarkdown } from './plain-markdown.ts'

/** A language whose compiler lives elsewhere and answers the editor's questions. */
export type LanguageService = {
  /** Paths in the question and in the answer are those of the project, or of a library (`definition` with a text). */
  ask(path: string, question: LanguageQuestion): Promise<LanguageAnswer>
  /** Tells why something keeps its name, and answers the words; `message` is the compiler's, or why nothing was answered. */
  notRenamed(reason: RenameRefusal | 'unavailable', message: string): string
}

type Model = editor.ITextModel
type Position = { readonly lineNumber: number; readonly column: number }

/** Completion, hover, definitions, parameters, names and formatting of one language, by its service. Ends with `dispose`. */
export function provideLanguage(language: string, service: LanguageService): IDisposable {
  const at = (model: Model, { lineNumber, column }: Position) => ({ file: pathOf(model), line: lineNumber, column })
  const format = async (model: Model, ask: 'format' | 'imports'): Promise<languages.TextEdit[]> => {
    const answer = await service.ask(pathOf(model), { ask, file: pathOf(model) })
    if (answer.ask !== 'format' && answer.ask !== 'imports') return []
    const change = smallestChange(model.getValue(), answer.text)
    return change === undefined ? [] : [editOf(model, change)]
  }
  const parts: IDisposable[] = [
    languages.registerCompletionItemProvider(language, {
      triggerCharacters: ['.', '"', '/'],
      async provideCompletionItems(model, position) {
        const answer = await service.ask(pathOf(model), { ask: 'complete', at: at(model, position) })
        if (answer.ask !== 'complete') return { suggestions: [] }
        const range = rangeOf(answer.replace)
        return { suggestions: answer.items.map((item, index) => suggestionOf(item, index, range, model)) }
      },
    }),
    languages.registerHoverProvider(language, {
      async provideHover(model, position) {
        const answer = await service.ask(pathOf(model), { ask: 'hover', at: at(model, position) })
        if (answer.ask !== 'hover') return null
        const { code, documentation } = answer
        return {
          range: rangeOf(answer.range),
          contents: [{ value: `\`\`\`${language}\n${code}\n\`\`\`` }, { value: plainMarkdown(documentation) }].filter(
            ({ value }) => value !== '',
          ),
        }
      },
    }),
    languages.registerDefinitionProvider(language, {
      async provideDefinition(model, position) {
        const answer = await service.ask(pathOf(model), { ask: 'definition', at: at(model, position) })
        if (answer.ask !== 'definition') return null
        const { range, text } = answer
        if (text !== undefined) showLibrary(language, range.file, text)
        return { uri: uriOf(range.file), range: rangeOf(range) }
      },
    }),
    languages.registerSignatureHelpProvider(language, {
      signatureHelpTriggerCharacters: ['(', ','],
      signatureHelpRetriggerCharacters: [')'],
      async provideSignatureHelp(model, position) {
        const answer = await service.ask(pathOf(model), { ask: 'signature', at: at(model, position) })
        if (answer.ask !== 'signature') return null
        const { label, parameters, active, documentation } = answer
        const signature = {
          label,
          documentation: { value: plainMarkdown(documentation) },
          parameters: parameters.map((parameter) => ({ label: parameter })),
        }
        return { value: { signatures: [signature], activeSignature: 0, activeParameter: active }, dispose() {} }
      },
    }),
    languages.registerDocumentFormattingEditProvider(language, {
      provideDocumentFormattingEdits: (model) => format(model, 'format'),
    }),
    ...provideNames(language, service),
  ]
  return {
    dispose() {
      for (const part of parts) part.dispose()
    },
  }
}

/** A library's source is read only and stays open for the next look. */
function showLibrary(language: string, path: string, text: string): void {
  const uri = uriOf(path)
  const known = editor.getModel(uri)
  if (known === null) editor.createModel(text, language, uri).updateOptions({ insertSpaces: false, tabSize: 4 })
}

function editOf(model: Model, { start, end, text }: Change): languages.TextEdit {
  const from = model.getPositionAt(start)
  const to = model.getPositionAt(end)
  return {
    range: {
      startLineNumber: from.lineNumber,
      startColumn: from.column,
      endLineNumber: to.lineNumber,
      endColumn: to.column,
    },
    text,
  }
}

const kinds: Readonly<Record<CompletionItem['kind'], languages.CompletionItemKind>> = {
  function: languages.CompletionItemKind.Function,
  method: languages.CompletionItemKind.Method,
  field: languages.CompletionItemKind.Field,
  variable: languages.CompletionItemKind.Variable,
  constant: languages.CompletionItemKind.Constant,
  type: languages.CompletionItemKind.Class,
  interface: languages.CompletionItemKind.Interface,
  package: languages.CompletionItemKind.Module,
  keyword: languages.CompletionItemKind.Keyword,
}

function suggestionOf(
  item: CompletionItem,
  index: number,
  range: languages.CompletionItem['range'],
  model: Model,
): languages.CompletionItem {
  const { label, kind, detail, insert, snippet, addImport, documentation } = item
  const added = addImport === undefined ? undefined : importEdit(model, addImport)
  return {
    label: addImport === undefined ? label : { label, description: addImport },
    kind: kinds[kind],
    detail,
    insertText: insert,
    range,
    // The service has put the best first.
    sortText: String(index).padStart(5, '0'),
    ...(snippet ? { insertTextRules: languages.CompletionItemInsertTextRule.InsertAsSnippet } : {}),
    ...(documentation === undefined ? {} : { documentation: { value: plainMarkdown(documentation) } }),
    ...(added === undefined ? {} : { additionalTextEdits: [added] }),
  }
}

/** A line of its own behind the package clause, or the first in a group that is there; formatting sorts it. */
function importEdit(model: Model, path: string): languages.TextEdit {
  const group = model.findNextMatch('^import \\(', { lineNumber: 1, column: 1 }, true, true, null, false)
  const clause = model.findNextMatch('^package ', { lineNumber: 1, column: 1 }, true, true, null, false)
  const line = (group ?? clause)?.range.startLineNumber ?? 1
  const column = model.getLineMaxColumn(line)
  return {
    range: { startLineNumber: line, startColumn: column, endLineNumber: line, endColumn: column },
    text: group === null ? `\n\nimport "${path}"` : `\n\t"${path}"`,
  }
}

/** What an editor offers at a marker: a title in the reader's language and the edits, by path. */
export type MarkerFix = { readonly title: string; readonly edits: readonly TextEdit[] }

/** Quick fixes of the markers that `fixesAt` knows, for every language. */
export function provideFixes(fixesAt: (path: string, range: SourceRange) => readonly MarkerFix[]): IDisposable {
  return languages.registerCodeActionProvider('*', {
    provideCodeActions(model, range) {
      const { startLineNumber, startColumn, endLineNumber, endColumn } = range
      const place = {
        file: pathOf(model),
        line: startLineNumber,
        column: startColumn,
        endLine: endLineNumber,
        endColumn,
      }
      const actions = fixesAt(pathOf(model), place).map(({ title, edits }, index) => ({
        title,
        kind: 'quickfix',
        isPreferred: index === 0,
        edit: {
          edits: edits.map((edit) => ({
            resource: uriOf(edit.file),
            versionId: undefined,
            textEdit: { range: rangeOf(edit), text: edit.text },
          })),
        },
      }))
      return { actions, dispose() {} }
    },
  })
}
