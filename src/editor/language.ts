export type LanguageId = 'typescript' | 'yaml' | 'json' | 'wat' | 'go' | 'rust' | 'cpp' | 'plaintext'

const byExtension: Readonly<Record<string, LanguageId>> = {
  ts: 'typescript',
  yaml: 'yaml',
  yml: 'yaml',
  json: 'json',
  wat: 'wat',
  go: 'go',
  mod: 'go',
  rs: 'rust',
  cc: 'cpp',
  cpp: 'cpp',
  h: 'cpp',
}

/** The editor's language for a path. AssemblyScript is TypeScript with other libraries. */
export function languageOf(path: string): LanguageId {
  const extension = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? ''
  return byExtension[extension] ?? 'plaintext'
}
