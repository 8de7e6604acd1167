import { isList, isMap } from './ordered.ts'
import type { Place } from './problem.ts'
import { readYaml, type YamlPath } from './yaml-document.ts'

/**
 * Where in a scenario's text an expectation stands that failed. `path` is a `Failure`'s, e.g. `headers.content-type`
 * or `requests[1].upstream[0].path`; keys may themselves have dots. The nearest place that exists is given.
 */
export function locateExpectation(file: string, text: string, step: number, path: string): Place {
  const document = readYaml(file, text)
  const base: YamlPath = ['steps', step, 'expect']
  let value: unknown = document.value
  for (const key of base) value = childOf(value, key)
  const found: (string | number)[] = [...base]
  let rest = path.replace(/^requests\[\d+\]\./, '')
  while (rest !== '') {
    const index = /^\[(\d+)\]\.?/.exec(rest)
    if (index) {
      rest = rest.slice(index[0].length)
      // One entry may be written without a list.
      if (!isList(value)) continue
      found.push(Number(index[1]))
      value = childOf(value, Number(index[1]))
      continue
    }
    const key = longestKey(value, rest)
    if (key === undefined) break
    found.push(key)
    value = childOf(value, key)
    rest = rest.slice(key.length).replace(/^\./, '')
  }
  return document.place(found, found.length === base.length ? 'key' : 'value')
}

function childOf(value: unknown, key: string | number): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
  return Object.getOwnPropertyDescriptor(value, key)?.value
}

function longestKey(value: unknown, rest: string): string | undefined {
  if (!isMap(value)) return undefined
  return Object.keys(value)
    .filter((key) => rest === key || rest.startsWith(`${key}.`) || rest.startsWith(`${key}[`))
    .sort((a, b) => b.length - a.length)[0]
}
