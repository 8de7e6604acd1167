import { useEffect, useState } from 'react'
import type { MappedFrame, SourceLocation } from '../../compile-worker/source-map.ts'
import { useApp } from '../store/store.ts'

export type OpenMap = {
  /** The places of a stack; the texts of the plugin's files help where the map is silent. */
  readonly locateFrames: (
    frames: readonly MappedFrame[],
    sourceOf: (file: string) => string | undefined,
  ) => readonly (SourceLocation | undefined)[]
  /** The plugin's own line nearest to the innermost of these byte offsets. */
  readonly locate: (offsets: readonly number[]) => SourceLocation | undefined
}

/** The source map of a plugin's build, opened only when somebody looks at a place; undefined until then, or without one. */
export function useSourceMap(plugin: string, wanted: boolean): OpenMap | undefined {
  const sourceMap = useApp(({ build }) => build[plugin]?.good?.sourceMap ?? '')
  const [open, setOpen] = useState<OpenMap | undefined>(undefined)
  useEffect(() => {
    let current = true
    setOpen(undefined)
    if (sourceMap === '' || !wanted) return
    void import('../../compile-worker/source-map.ts').then(({ locateFrames, locateStack, openSourceMap }) => {
      const resolver = openSourceMap(sourceMap)
      if (current && resolver !== undefined)
        setOpen({
          locateFrames: (frames, sourceOf) => locateFrames(resolver, frames, sourceOf),
          locate: (offsets) => locateStack(resolver, unnamed(offsets), () => undefined),
        })
    })
    return () => {
      current = false
    }
  }, [sourceMap, wanted])
  return open
}

const unnamed = (offsets: readonly number[]) => offsets.map((offset) => ({ name: '', offset }))
