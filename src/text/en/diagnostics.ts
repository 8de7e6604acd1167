/** What we say about a plugin's sources beside the compilers' own words, and the names of repairs. */
export const diagnostics = {
  'diagnostic.GO-MODULE':
    "module {{module}} is not in the tab's bundle: put its source under third_party/{{module}}, or use the build service",
  'diagnostic.GO-MAIN':
    '{{call}} is called in main, which never runs in a plugin built with -buildmode=c-shared: the host sees no plugin. Move it to init',
  'diagnostic.GO-VERSION': 'go.mod requires go >= {{wanted}} (running {{running}})',
  'fix.add-import': 'Import {{subject}}',
  'fix.remove-import': 'Remove the import of {{subject}}',
  'fix.remove-variable': 'Remove {{subject}}',
  'fix.use-name': 'Write {{subject}}',
  'fix.add-brace': 'Close the block',
  'fix.add-main': 'Add func main',
  'fix.move-to-init': 'Make it init, which runs in a plugin',
  'fix.set-go-version': 'Ask for go {{subject}} in go.mod',
} as const
