/** What we say about a plugin's sources beside the compilers' own words, and the names of repairs. */
export const diagnostics = {
  'diagnostic.PG001': 'The plugin has no entry file. Name it one of: {{names}}.',
  'diagnostic.PG002': "The plugin's sources are {{size}} characters; the compiler takes up to {{limit}}.",
  'diagnostic.PG004':
    "The module exports no proxy-wasm callbacks, so no gateway can load it. Add this line to {{file}}: export * from '{{module}}'",
  'diagnostic.PG005': 'The module imports {{name}}, which no gateway has: it will not load.',
  'diagnostic.PG007': "Go's cmd/{{tool}} ran out of memory on this source: split the plugin, or build it outside.",
  'diagnostic.PG008': "Go's cmd/{{tool}} failed on this source ({{crash}}). {{first}}",
  'diagnostic.GO-RELATIVE': '"{{package}}" is a folder: an import path begins with the module of go.mod',
  'diagnostic.GO-MODULE':
    "module {{module}} is not in the tab's bundle: put its source under third_party/{{module}}, or use the build service",
  'diagnostic.GO-MAIN':
    '{{call}} is called in main, which never runs in a plugin built with -buildmode=c-shared: the host sees no plugin. Move it to init',
  'diagnostic.GO-VERSION': 'go.mod requires go >= {{wanted}} (running {{running}})',
  'diagnostic.GO-PACKAGE': "package {{package}}: module {{module}} in the tab's bundle has no such package",
  'diagnostic.GO-STD': "package {{package}} is not in std, or not in the tab's bundle of it",
  'diagnostic.GO-FOLDER': 'package {{package}}: the plugin has no folder {{folder}} with Go files',
  'diagnostic.GO-CGO': 'import "C": cgo does not exist for wasm; write the function in Go',
  'diagnostic.GO-FOREIGN': '{{file}}: only Go sources can be compiled in the tab',
  'diagnostic.GO-NOFILES': "no Go files in the plugin's folder",
  'diagnostic.GO-NAMES':
    'found packages {{first}} ({{firstFile}}) and {{second}} ({{secondFile}}) in one folder: a folder holds one package',
  'diagnostic.GO-NOTMAIN': "the plugin's package is called {{name}}: -buildmode=c-shared needs `package main`",
  'diagnostic.GO-NOMODULE': 'go.mod names no module: it needs a line like `module wasm-demo-go`',
  'diagnostic.GO-OUTSIDE':
    'replacement directory {{directory}} lies outside the plugin: put the sources into a folder of the plugin, e.g. ./third_party/{{module}}',
  'diagnostic.GO-SDKS': "two SDKs in one plugin: {{first}} and {{second}}, and both answer the host's callbacks",
  'diagnostic.GO-DEPTH': 'nested too deeply to be checked while you type: a build says more',
  'fix.add-import': 'Import {{subject}}',
  'fix.remove-import': 'Remove the import of {{subject}}',
  'fix.remove-variable': 'Remove {{subject}}',
  'fix.use-name': 'Write {{subject}}',
  'fix.add-brace': 'Close the block',
  'fix.add-main': 'Add func main',
  'fix.move-to-init': 'Make it init, which runs in a plugin',
  // Go's own words.
  'fix.vet-fix': '{{subject}}',
  'fix.set-go-version': 'Ask for go {{subject}} in go.mod',
} as const
