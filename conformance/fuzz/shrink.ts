import type { PluginScript, Program, Section } from './program.ts'

const without = <T>(list: readonly T[], index: number): readonly T[] => list.filter((_, place) => place !== index)

/** Programs with one thing less, the largest steps first. */
export function smaller(program: Program): readonly Program[] {
  const { plugins, again, reply, allowStopIteration, plugin, cluster, limit, abi, request, ...rest } = program
  const base = { ...rest, request, plugins }
  const options = {
    ...(again === undefined ? {} : { again }),
    ...(reply === undefined ? {} : { reply }),
    ...(allowStopIteration === undefined ? {} : { allowStopIteration }),
    ...(plugin === undefined ? {} : { plugin }),
    ...(cluster === undefined ? {} : { cluster }),
    ...(limit === undefined ? {} : { limit }),
    ...(abi === undefined ? {} : { abi }),
  }
  const withPlugins = (list: readonly PluginScript[]): Program => ({ ...base, ...options, plugins: list })
  const dropped = Object.keys(options).map((name): Program => {
    const left = Object.entries(options).filter(([key]) => key !== name)
    return { ...base, ...Object.fromEntries(left) }
  })
  const { headers = [], chunks = [], trailers, ...line } = request
  const requests = [
    ...headers.map((_, index) => ({ ...request, headers: without(headers, index) })),
    ...(trailers === undefined ? [] : [{ ...line, headers, chunks }]),
    ...chunks.map((_, index) => ({ ...request, chunks: without(chunks, index) })),
  ]
  return [
    ...(plugins.length > 1 ? plugins.map((_, index) => withPlugins(without(plugins, index))) : []),
    ...dropped,
    ...plugins.flatMap((script, index) =>
      smallerScripts(script).map((each) => withPlugins(plugins.map((old, place) => (place === index ? each : old)))),
    ),
    ...requests.map((each): Program => ({ ...base, ...options, request: each })),
  ]
}

function smallerScripts(script: PluginScript): readonly PluginScript[] {
  return [
    ...script.map((_, index) => without(script, index)),
    ...script.flatMap((section, index) =>
      smallerSections(section).map((each) => script.map((old, place) => (place === index ? each : old))),
    ),
  ]
}

const smallerSections = (section: Section): readonly Section[] => [
  ...section.lines.map((_, index) => ({ ...section, lines: without(section.lines, index) })),
  ...(section.returns.length > 0 && section.returns.some((value) => value !== 0) ? [{ ...section, returns: [] }] : []),
  ...(section.returns.length > 1 ? section.returns.map((_, index) => ({ ...section, returns: without(section.returns, index) })) : []), // biome-ignore format: one
]
