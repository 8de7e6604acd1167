// Sources for go-to-definition: of the SDK and the modules it uses in one pack, of the standard library in one for each
// first path element, for a person who follows http.Header needs net/… and nothing else.
import { readFileSync } from 'node:fs'

/** Whether a definition that plugins can name may stand in a file: something exported, or such a method of such a type. */
const declares = (text) =>
  /^(?:func (?:\((?:\w+ )?\*?[A-Z][^)]*\) )?[A-Z]|(?:type|var|const) [A-Z])/m.test(text) ||
  /^(?:type|var|const) \((?:\n(?!\)).*)*?\n\t[A-Z]/m.test(text)

/** Pairs of a pack's name and its files. */
export function sourcePacks(packages) {
  const packs = new Map([['sources.pack', []]])
  for (const { ImportPath, Dir, Standard, GoFiles = [] } of packages) {
    // What no plugin can import it does not lead to.
    if (Standard === true && /(?:^|\/)(?:internal|vendor)(?:\/|$)/.test(ImportPath)) continue
    const name = Standard === true ? `sources-${ImportPath.split('/')[0]}.pack` : 'sources.pack'
    const files = GoFiles.map((file) => [`${ImportPath}/${file}`, readFileSync(`${Dir}/${file}`)]).filter(
      ([, text]) => Standard !== true || declares(text.toString()),
    )
    packs.set(name, [...(packs.get(name) ?? []), ...files])
  }
  return [...packs]
}
