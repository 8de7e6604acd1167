import { expect, test } from 'vitest'
import { recogniseGoProgram } from './go-program.ts'

const program = (imported: string, call = '') => `package main\n\nimport "${imported}"\n\nfunc init() { ${call} }\n`

test('a program says its API by its imports and its name by what it registers as', () => {
  const higress = program(
    'github.com/higress-group/wasm-go/pkg/wrapper',
    'wrapper.SetCtx(\n\t// 插件名称\n\t"my-plugin",\n)',
  )
  expect(recogniseGoProgram(higress)).toEqual({ name: 'my-plugin', sdk: 'higress' })
  expect(recogniseGoProgram(program('github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm'))).toEqual({
    name: undefined,
    sdk: 'proxy-wasm',
  })
  expect(recogniseGoProgram(program('github.com/tetratelabs/proxy-wasm-go-sdk/proxywasm'))?.sdk).toBe('tinygo')
})

test.each([
  ['comments', '// Copyright\n\n/* more */\npackage main\n', true],
  ['a byte order mark', '\ufeffpackage main\n', true],
  ['another package', 'package config\n', false],
  ['YAML', 'package: main\n', false],
  ['prose', 'the package main is', false],
])('%s before or in place of the package clause', (_, text, is) => {
  expect(recogniseGoProgram(text) !== undefined).toBe(is)
})

test('a name that no folder can have is made fit, and one that says nothing is none', () => {
  const named = (name: string) => recogniseGoProgram(program('x', `wrapper.SetCtx("${name}")`))?.name
  expect(named('我的 plugin/1')).toBe('plugin-1')
  expect(named('插件')).toBeUndefined()
})
