import { useMemo } from 'react'
import type { SourceLocation } from '../../compile-worker/source-map.ts'
import type { GuestFrame } from '../../model/guest-look.ts'
import { useApp } from '../store/store.ts'
import { useText } from '../text.ts'
import { visibleText } from '../timeline/display-text.ts'
import { goTo, toldPlace } from './source-place.ts'
import { useSourceMap } from './useSourceMap.ts'

/** The guest's stack, innermost first, with source lines where its build or the module itself gives them. */
export function StackFrames({ plugin, frames }: { readonly plugin: string; readonly frames: readonly GuestFrame[] }) {
  const t = useText()
  const places = usePlaces(plugin, frames)
  if (frames.length === 0) return <p className="dim no-args">{t('run.trap.noStack')}</p>
  return (
    <ol className="stack-frames" aria-label={t('run.trap.stack')}>
      {frames.map((frame, index) => {
        const place = places[index]
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a recursive function is on the stack many times
          <li key={index}>
            <span className={`mono trunc${place?.library === true ? ' dim' : ''}`} title={visibleText(frame.name)}>
              {visibleText(shortName(frame.name))}
            </span>
            <SourceLink plugin={plugin} place={place} />
            {place === undefined && <span className="dim mono">0x{frame.offset.toString(16)}</span>}
          </li>
        )
      })}
    </ol>
  )
}

/** A place in the plugin's own source opens; one in a library is only named. */
export function SourceLink({ plugin, place }: { readonly plugin: string; readonly place: SourceLocation | undefined }) {
  const files = useApp(({ project }) => project.files)
  if (place === undefined) return null
  const text = `${place.file}:${place.line}`
  const path = `plugins/${plugin}/${place.file}`
  if (place.library || !(path in files)) return <span className="dim mono">{visibleText(text)}</span>
  return (
    <button type="button" className="btn sm mono source-link" onClick={() => goTo(path, place)}>
      {visibleText(text)}
    </button>
  )
}

/** Source places of a stack. */
function usePlaces(plugin: string, frames: readonly GuestFrame[]): readonly (SourceLocation | undefined)[] {
  const map = useSourceMap(plugin, frames.length > 0)
  const files = useApp(({ project }) => project.files)
  return useMemo(() => {
    const paths = Object.keys(files)
    const mapped = map?.locateFrames(frames, (file) => files[`plugins/${plugin}/${file}`])
    return frames.map((frame, index) => toldPlace(plugin, frame, paths) ?? mapped?.[index])
  }, [plugin, map, frames, files])
}

/** Without the path before the last part of a Go package: `wrapper.(*pluginCtx).OnTick`. */
const shortName = (name: string): string => name.replace(/^[\w.-]+\/(?:[\w.-]+\/)*(?=[\w.-]+\.)/, '')
