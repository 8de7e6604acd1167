/**
 * What can be wrong with a project's text files: a closed set of codes, each with its English words. A person who
 * reads Chinese gets the same code and parameters worded by `src/text/zh/problems.ts`.
 */
export const problemText = {
  'problem.yamlSyntax': 'This is not valid YAML: {{detail}}',
  'problem.yamlTooDeep': 'The YAML is nested too deeply (more than {{limit}} levels)',
  'problem.yamlTooLarge': 'The YAML is larger than {{limit}} characters',
  'problem.yamlAliases': 'The aliases (*name) expand to more than {{limit}} values',
  'problem.duplicateKey': 'The key {{key}} appears twice',
  'problem.complexKey': 'A key has to be plain text',
  'problem.unknownAlias': 'The alias *{{name}} has no anchor &{{name}} before it',
  'problem.unknownKey': 'Unknown key {{key}}',
  'problem.unknownKeyNearest': 'Unknown key {{key}}; did you mean {{nearest}}?',
  'problem.unknownKeyKnown': 'Unknown key {{key}}; known here: {{known}}',
  'problem.keyOfPluginFile': 'Unknown key {{key}}; what a plugin is told stands in {{file}}, as {{written}}',
  'problem.missingKey': 'The key {{key}} is missing',
  'problem.wrongType': 'Expected {{expected}}, found {{actual}}',
  'problem.wrongChoice': 'Expected one of {{choices}}, found {{actual}}',
  'problem.outOfRange': 'Expected {{expected}}, found {{actual}}',
  'problem.duration': 'Expected a duration such as 20ms, 15s or 5m, found {{actual}}',
  'problem.clock': 'Expected a point in time such as 2026-01-01T00:00:00Z, found {{actual}}',
  'problem.url': 'Expected a URL such as http://example.com/get, found {{actual}}',
  'problem.base64': 'This is not base64',
  'problem.pattern': 'The regular expression cannot be used: {{detail}}',
  'problem.notJson': 'This value has no JSON form: {{actual}}',
  'problem.fileOutside': 'The file {{path}} is outside the project folder',
  'problem.fileMissing': 'There is no file {{path}} in the project',
  'problem.fileTooLarge': 'The file {{path}} is larger than {{limit}} characters',
  'problem.oneStepKind': 'A step has exactly one of {{choices}}; found {{actual}}',
  'problem.oneRouteTarget': 'A route has exactly one of cluster, direct and weights; found {{actual}}',
  'problem.stepExpect': 'A step of kind {{kind}} has nothing to expect; write expect as a step of its own',
  'problem.unknownPlugin': 'There is no plugin {{name}}; known: {{known}}',
  'problem.unknownCluster': 'There is no cluster {{name}}; known: {{known}}',
  'problem.otherCluster': 'There is no cluster {{name}}; did you mean {{nearest}}? Known: {{known}}',
  'problem.unknownListener': 'There is no listener {{name}}; known: {{known}}',
  'problem.unknownStep': 'No earlier request has the id {{name}}',
  'problem.stepNotWaiting': 'The request {{name}} has no `await: false`, so there is nothing to wait for',
  'problem.duplicateName': 'The name {{name}} is used twice',
  'problem.duplicatePort': 'Port {{port}} is used by two listeners',
  'problem.pluginName': 'The plugin name {{name}} cannot be used; letters, digits, dot, dash and underscore can',
  'problem.noSources': 'The folder plugins/{{source}} has no source file; the plugin cannot be built',
  'problem.languageUnknown':
    'The language of plugin {{name}} cannot be told from its files; write language: … in proxyground.yaml',
  'problem.unusedPluginFolder':
    'The folder plugins/{{name}} is not listed under plugins in proxyground.yaml, so it does not run',
  'problem.ruleWithoutMatcher':
    'A match rule names no ingress, domain or service; the gateway rejects the whole plugin (write one, or configDisable: true)',
  'problem.notDelivered':
    'defaultConfigDisable is true and no rule is left, so the gateway does not load plugin {{name}} at all',
  'problem.pluginConfigWins': '{{key}} is ignored because pluginConfig is set',
  'problem.keyHasNoEffect': '{{key}} is accepted, and has no effect in the playground',
  'problem.messagesBesideBody':
    'A request with messages is a WebSocket: it takes no body, chunks or trailers, and HTTP/1.1 (protocol: h1)',
  'problem.messagesPastGateway':
    'httpbin on port 12345 speaks no WebSocket: send messages to a listener of the gateway, to a cluster of kind websocket',
  'problem.chunksTooLong': 'The chunks add up to {{actual}} bytes, the body has {{expected}}',
  'problem.wrongKind': 'Expected kind: {{expected}}, found {{actual}}',
  'problem.faultKind': '{{kind}} cannot happen to a cluster of kind {{cluster}}; what can: {{known}}',
  'problem.needsWasmKind': '{{key}} belongs to a WasmPlugin; {{name}} is an EnvoyPlugin (write configuration)',
  'problem.needsEnvoyKind': '{{key}} belongs to an EnvoyPlugin; {{name}} is a WasmPlugin (write defaultConfig)',
} as const

export type ProblemCode = keyof typeof problemText
export type ProblemParams = Readonly<Record<string, string | number>>

/** One thing that is wrong with a project file, at a place. `message` is the English text of `code` and `params`. */
export type ProjectProblem = {
  readonly file: string
  /** 1-based line and column (UTF-16); the end is exclusive. */
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
  readonly severity: 'error' | 'warning'
  readonly code: ProblemCode
  readonly params: ProblemParams
  readonly message: string
}

/** A range in a file, 1-based, end exclusive. */
export type Place = Pick<ProjectProblem, 'file' | 'line' | 'column' | 'endLine' | 'endColumn'>

/** Code and parameters without a place. */
export type Fault = { readonly code: ProblemCode; readonly params: ProblemParams }

export const fault = (code: ProblemCode, params: ProblemParams = {}): Fault => ({ code, params })

export function problemAt(place: Place, what: Fault, severity: ProjectProblem['severity'] = 'error'): ProjectProblem {
  const message = problemText[what.code].replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(what.params[name] ?? ''))
  return { ...place, severity, code: what.code, params: what.params, message }
}

/** A short form of a value for a message: quoted text, cut at 60 characters. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'nothing (null)'
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'object') return 'a map'
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value)
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}
