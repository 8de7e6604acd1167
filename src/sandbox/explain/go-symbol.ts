import type { GoPanic } from './go-panic.ts'

/**
 * Go's linker writes names into the module with `_` for every character but letters, digits and dots, so
 * `main.(*stream).OnHttpRequestHeaders` becomes `main.__stream_.OnHttpRequestHeaders`.
 */
const mangled = (name: string): string => name.replace(/[^\w.]/g, '_')

/**
 * A function name of a Go module as Go writes it. With the printed panic at hand it is exact for the functions in its
 * stack; else what can be told from the form: receivers and type arguments, not the slashes of an import path.
 */
export function goName(name: string, panic?: GoPanic): string {
  for (const { function: known } of panic?.frames ?? []) {
    if (mangled(known) === name) return known
    const [head, tail] = known.split('[...]')
    if (head === undefined || tail === undefined) continue
    // A generic function: the module has its type arguments in full.
    if (name.startsWith(mangled(head)) && name.endsWith(mangled(tail)) && name.length > head.length + tail.length)
      return known
  }
  return name.replace(/\.__([A-Za-z]\w*?)_(?=\.|$)/g, '.(*$1)')
}
