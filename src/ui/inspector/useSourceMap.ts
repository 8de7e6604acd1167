import { useEffect, useState } from 'react'
import type { SourceLocation, SourceMapResolver } from '../../compile-worker/source-map.ts'
import { useApp } from '../store/store.ts'

export type OpenMap = {
  readonly resolver: SourceMapResolver
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
    void import('../../compile-worker/source-map.ts').then(({ locateStack, openSourceMap }) => {
      const resolver = openSourceMap(sourceMap)
      if (current && resolver !== undefined) setOpen({ resolver, locate: (offsets) => locateStack(resolver, offsets) })
    })
    return () => {
      current = false
    }
  }, [sourceMap, wanted])
  return open
}
