import { type editor, type IRange, Uri } from 'monaco-editor/editor'
import type { SourceRange } from '../../model/language-answer.ts'

/** The path of a model's file in the project, or in a library. */
export const pathOf = (model: editor.ITextModel): string => model.uri.path.replace(/^\//, '')

export const uriOf = (path: string): Uri => Uri.from({ scheme: 'file', path: `/${path}` })

export const rangeOf = ({ line, column, endLine, endColumn }: Omit<SourceRange, 'file'>): IRange => ({
  startLineNumber: line,
  startColumn: column,
  endLineNumber: endLine,
  endColumn,
})
