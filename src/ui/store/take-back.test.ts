import { describe, expect, test } from 'vitest'
import { type FilesState, takenBack } from './take-back.ts'

const state = (files: Record<string, string>, more: Partial<FilesState> = {}): FilesState => ({
  id: 'one',
  files,
  binaries: {},
  tabs: Object.keys(files),
  active: Object.keys(files)[0],
  ...more,
})

describe('taking back a change of files', () => {
  test('a deleted file comes back, with its tab', () => {
    const before = state({ a: '1', b: '2' })
    const after = state({ a: '1' })
    expect(takenBack(after, { before, after })).toEqual({ ...before, active: 'a' })
  })

  test('an added file goes, and what replaced a text is replaced again', () => {
    const before = state({ a: '1' })
    const after = state({ a: 'other', b: 'new' })
    expect(takenBack(after, { before, after })?.files).toEqual({ a: '1' })
  })

  test('what was typed since stays, in other files and in the changed one', () => {
    const before = state({ a: '1', b: '2', c: '3' })
    const after = state({ a: 'filled in', b: 'filled in', c: '3' })
    const now = state({ a: 'filled in', b: 'typed since', c: 'typed too' })
    expect(takenBack(now, { before, after })?.files).toEqual({ a: '1', b: 'typed since', c: 'typed too' })
  })

  test('another project is left alone', () => {
    const before = state({ a: '1' })
    const after = state({ a: '2' })
    expect(takenBack(state({ a: '2' }, { id: 'two' }), { before, after })).toBeUndefined()
  })

  test('an uploaded module is taken out again', () => {
    const wasm = new Uint8Array([0])
    const before = state({ a: '1' })
    const after = state({ a: '1' }, { binaries: { 'plugins/m/plugin.wasm': wasm } })
    expect(takenBack(after, { before, after })?.binaries).toEqual({})
  })
})
