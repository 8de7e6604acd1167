import { describe, expect, test } from 'vitest'
import { goImports, goModFile } from './go-module.ts'

describe('go.mod of an exported plugin', () => {
  test('a Higress plugin names the real modules and what they need', () => {
    const main = `package main

import (
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"
	"github.com/higress-group/wasm-go/pkg/wrapper"
	logs "github.com/higress-group/wasm-go/pkg/log"
	"github.com/tidwall/gjson"
)
`
    expect(goModFile('my-plugin', { 'main.go': main })).toBe(`module my-plugin

go 1.24.1

require (
	github.com/higress-group/proxy-wasm-go-sdk v0.0.0-20251103120604-77e9cce339d2
	github.com/higress-group/wasm-go v1.0.10-0.20260120033417-1c84f010156d
	github.com/tidwall/gjson v1.18.0
)

require (
	github.com/google/uuid v1.6.0 // indirect
	github.com/tidwall/match v1.1.1 // indirect
	github.com/tidwall/pretty v1.2.1 // indirect
	github.com/tidwall/resp v0.1.1 // indirect
	github.com/tidwall/sjson v1.2.5 // indirect
)
`)
  })

  test('tests, other modules and the standard library add nothing', () => {
    const sources = {
      'main.go': 'package main\n\nimport "strings"\nimport other "example.com/other/pkg"\n',
      'main_test.go': 'package main\n\nimport "github.com/tidwall/gjson"\n',
      'README.md': 'import "github.com/tidwall/gjson"',
    }
    expect(goModFile('空 plugin', sources)).toBe('module plugin\n\ngo 1.24.1\n')
  })

  test('a tetratelabs plugin needs an older Go, the oldest form an older tag', () => {
    const with_ = (body: string) =>
      goModFile('p', {
        'main.go': `package main\nimport "github.com/tetratelabs/proxy-wasm-go-sdk/proxywasm"\n${body}\n`,
      })
    expect(with_('func main() { proxywasm.SetVMContext(&vm{}) }')).toBe(
      'module p\n\ngo 1.19\n\nrequire (\n\tgithub.com/tetratelabs/proxy-wasm-go-sdk v0.24.0\n)\n',
    )
    expect(with_('type s struct { proxywasm.DefaultHttpContext }')).toContain('proxy-wasm-go-sdk v0.1.1')
  })
})

test('imports are read in every form, and only those', () => {
  const source = `// import "commented/out"
package p

/* import "also/out" */
import "single"
import . "dotted/one"
import (
	"fmt"
	_ "embed" // blank
	x \`raw/path\`
	// "not/this"
)

var text = "no/import"
`
  expect(goImports(source)).toEqual(['single', 'dotted/one', 'fmt', 'embed', 'raw/path'])
})
