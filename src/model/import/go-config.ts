/** A key that a Go plugin reads of its configuration, with a value of the type it reads it as, as YAML. */
export type ConfigKey = { readonly key: string; readonly sample: string }

/** What gjson reads a value as, and a value of that kind. */
const samples: Readonly<Record<string, string>> = {
  Array: '[]',
  Bool: 'false',
  Float: '0',
  Int: '0',
  Map: '{}',
  Uint: '0',
}

/** More than this many keys are not listed. */
const most = 40

/**
 * The keys that a program reads of its configuration: `json.Get("serviceName").String()` where `json` is a parameter of
 * type `gjson.Result`, as the wasm-go wrapper hands it to a parser (higress.md 1.2). Names put together at run time are not seen.
 */
export function goConfigKeys(text: string): readonly ConfigKey[] {
  const names = new Set([...text.matchAll(/\b(\w+)\s+gjson\.Result\b/g)].map(([, name]) => name))
  const keys = new Map<string, string>()
  for (const [, name = '', key = '', kind = ''] of text.matchAll(
    /\b(\w+)\.Get\(\s*"([\w.-]+)"\s*\)(?:\s*\.\s*([A-Z]\w*)\()?/g,
  )) {
    if (!names.has(name)) continue
    const sample = samples[kind] ?? '""'
    if (!keys.has(key) || keys.get(key) === '""') keys.set(key, sample)
  }
  return [...keys].slice(0, most).map(([key, sample]) => ({ key, sample }))
}

/** Whether a program on the wasm-go wrapper has a parser, and so wants a configuration. */
export const parsesConfig = (text: string): boolean =>
  /\bwrapper\.Parse(?:Override)?(?:Raw)?Config\w*\s*[([]/.test(text)

/** A `plugin.yaml` that says what can be written in it; `about` is a line of words for the reader. */
export function configSkeleton(keys: readonly ConfigKey[], about: string): string {
  const lines = keys.map(({ key, sample }) => `#   ${key}: ${sample}\n`)
  return keys.length === 0 ? 'defaultConfig: {}\n' : `# ${about}\n${lines.join('')}defaultConfig: {}\n`
}
