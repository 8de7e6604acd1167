import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { compilePlugin } from '../../node.ts'
import { bundleFolder } from '../../node-bundle.ts'

const built = existsSync(`${bundleFolder()}/manifest.json`)
if (!built) console.warn('The Go toolchain is not built (npm run toolchain:go): modules of Go plugins are not tested.')

const compile = (sources: Readonly<Record<string, string>>) =>
  compilePlugin({ plugin: 'p', language: 'go', sdk: 'higress', sources, mode: 'release' })

const mod = 'module example.org/plugin\n\ngo 1.24\n'

/** A plugin that says at its start what a package that it imports gives it. */
const saying = (path: string, name: string) =>
  `package main\n\nimport "${path}"\n\nfunc main() {}\n\nfunc init() { println(${name}.Text()) }\n`

const gives = (name: string, text: string, head = '') =>
  `package ${name}\n${head}\nfunc Text() string { return "${text}" }\n`

const layouts: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'a module under third_party that uses one of the bundle': {
    'go.mod': mod,
    'main.go': saying('a.org/b/c', 'c'),
    'third_party/a.org/b/go.mod': 'module a.org/b\n\ngo 1.21\n',
    'third_party/a.org/b/c/c.go': gives(
      'c',
      'said by it',
      '\nimport (\n\t"a.org/b/internal/d"\n\n\t"github.com/tidwall/gjson"\n)\n\nvar _ = gjson.Parse(d.X)\n',
    ),
    'third_party/a.org/b/internal/d/d.go': 'package d\n\nconst X = "{}"\n',
  },
  'a vendor folder as go mod vendor writes it': {
    'go.mod': `${mod}\nrequire a.org/b v1.2.3\n`,
    'main.go': saying('a.org/b', 'b'),
    'vendor/modules.txt': '# a.org/b v1.2.3\n## explicit; go 1.21\na.org/b\n',
    'vendor/a.org/b/b.go': gives('b', 'said by it'),
  },
  'a module that go.mod replaces by a folder': {
    'go.mod': `${mod}\nrequire a.org/b v1.2.3\n\nreplace a.org/b => ./own/b\n`,
    'main.go': saying('a.org/b', 'b'),
    'own/b/go.mod': 'module a.org/b\n\ngo 1.22\n',
    'own/b/b.go': gives('b', 'said by it'),
  },
  'a module that go.mod replaces by one of the bundle': {
    'go.mod': `${mod}\nreplace a.org/json => github.com/tidwall/gjson v1.18.0\n`,
    'main.go': `package main\n\nimport gjson "a.org/json"\n\nfunc main() {}\n\nfunc init() { println("said by it", gjson.Parse("{}").String()) }\n`,
  },
  'files for other systems, and one for this': {
    'go.mod': mod,
    'main.go': 'package main\n\nfunc main() {}\n\nfunc init() { println(text) }\n',
    'text_wasip1.go': 'package main\n\nconst text = "said by it"\n',
    'text_linux.go': 'package main\n\nconst text = "said by another"\n',
    'text.go': '//go:build !wasm\n\npackage main\n\nconst text = "said by another"\n',
  },
}

describe.skipIf(!built)('modules of a Go plugin', { timeout: 180_000 }, () => {
  test.each(Object.entries(layouts))('%s compiles into it', async (_, sources) => {
    const result = await compile(sources)
    if (result.kind !== 'ok') throw new Error(JSON.stringify(result))
    const bytes = Buffer.from(result.wasm)
    expect(bytes.includes('said by it')).toBe(true)
    expect(bytes.includes('said by another')).toBe(false)
    expect(WebAssembly.validate(result.wasm.slice())).toBe(true)
  })
})
