import { type IDisposable, languages, type Position } from 'monaco-editor/editor'
import { yamlContext } from '../yaml/context.ts'
import { type JsonSchema, type Suggestion, suggest } from '../yaml/suggest.ts'

/** The schema that a project file follows, by path; undefined for YAML that is not ours. */
export type SchemaOf = (path: string) => JsonSchema | undefined

/**
 * Completion in the project files from the same schemas that check them. Errors come from the project loader itself,
 * which knows more than a schema can say, so no second validator runs here.
 */
export function registerYamlCompletion(schemaOf: SchemaOf): IDisposable {
  return languages.registerCompletionItemProvider('yaml', {
    triggerCharacters: [' ', '{', ','],
    provideCompletionItems(model, position) {
      const schema = schemaOf(model.uri.path.replace(/^\//, ''))
      if (schema === undefined) return { suggestions: [] }
      const context = yamlContext(model.getValue(), model.getOffsetAt(position))
      return { suggestions: suggest(schema, context).map((found) => item(found, context.word, position)) }
    },
  })
}

function item(found: Suggestion, word: string, position: Position): languages.CompletionItem {
  return {
    label: found.label,
    detail: found.detail,
    insertText: found.insert,
    kind: found.kind === 'key' ? languages.CompletionItemKind.Property : languages.CompletionItemKind.Value,
    range: {
      startLineNumber: position.lineNumber,
      endLineNumber: position.lineNumber,
      startColumn: position.column - word.length,
      endColumn: position.column,
    },
  }
}
