import { createContext, type RefObject, useContext, useLayoutEffect, useState } from 'react'

/** How much room a timeline has: `tight` drops `proxy_`, `narrow` has letters for lanes and rows of two lines. */
export type Form = 'wide' | 'tight' | 'narrow'

export const FormContext = createContext<Form>('wide')
export const useForm = (): Form => useContext(FormContext)

export type Size = { readonly width: number; readonly height: number }

/** The size of an element, kept up to date. */
export function useSize(element: RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 })
  useLayoutEffect(() => {
    const target = element.current
    if (target === null) return
    const observer = new ResizeObserver(() => {
      setSize({ width: target.clientWidth, height: target.clientHeight })
    })
    observer.observe(target)
    setSize({ width: target.clientWidth, height: target.clientHeight })
    return () => observer.disconnect()
  }, [element])
  return size
}

export const formOf = (width: number): Form =>
  width === 0 || width >= 700 ? 'wide' : width >= 560 ? 'tight' : 'narrow'

/** Width of a lane: room for its name where there is room, never more than a share of the whole. */
export function laneWidth(form: Form, width: number, names: readonly string[]): number {
  if (form === 'narrow') return Math.max(16, Math.min(27, Math.floor((width * 0.4) / Math.max(1, names.length))))
  const longest = Math.max(0, ...names.map(nameWidth))
  const lanes = Math.max(1, names.length)
  if (form === 'tight') return Math.max(20, Math.min(54, Math.max(34, longest), Math.floor((width * 0.28) / lanes)))
  return Math.max(24, Math.min(72, Math.max(42, longest), Math.floor((width * 0.4) / lanes)))
}

/** About the pixels of a name above its lane; Chinese characters take two letters' room. */
const nameWidth = (name: string): number => [...name].reduce((sum, char) => sum + (char > '\u2e7f' ? 12.8 : 6.4), 8)

export const rowHeight = (form: Form): number => (form === 'narrow' ? 44 : 22)
