import { expect, test } from 'vitest'
import { declaredPlugins, pluginFolders, projectTitle, sdkOfPlugin, withTitle } from './project.ts'

test('plugins keep the order of proxyground.yaml, folders it does not name come last', () => {
  const files = {
    'proxyground.yaml': 'version: 1\nplugins:\n  - { name: zed, language: wat }\n  - name: mock\n    language: go\n',
    'plugins/mock/main.go': '',
    'plugins/extra/plugin.ts': '',
    'plugins/zed/plugin.wat': '',
    'plugins/zed/plugin.yaml': '',
  }
  const folders = pluginFolders({ files, binaries: {} })
  expect(folders.map(({ name, language }) => [name, language])).toEqual([
    ['zed', 'wat'],
    ['mock', 'go'],
    ['extra', 'assemblyscript'],
  ])
  expect(folders[0]?.paths).toEqual(['plugins/zed/plugin.wat', 'plugins/zed/plugin.yaml'])
})

test('an uploaded module makes a plugin of its folder', () => {
  const folders = pluginFolders({ files: {}, binaries: { 'plugins/up/plugin.wasm': new Uint8Array() } })
  expect(folders).toEqual([
    { name: 'up', language: 'wasm', main: 'plugins/up/plugin.wasm', paths: ['plugins/up/plugin.wasm'] },
  ])
})

test.each([
  ['', []],
  ['plugins: []', []],
  ['plugins: [{ name: a }, { name: "b" }]', ['a', 'b']],
  ['plugins:\n- name: a\n- name: b\nroutes:\n- name: not-a-plugin\n', ['a', 'b']],
])('declared plugins of %j', (yaml, names) => {
  expect(declaredPlugins(yaml)).toEqual(names)
})

test.each(['Plain', 'With: colon', 'quote " and $& and \\', '中文'])('a title survives being written: %s', (title) => {
  for (const yaml of ['', 'version: 1\n', 'version: 1\ntitle: old\ngateway: {}\n']) {
    const written = withTitle(yaml, title)
    expect(JSON.parse(/^title: (.*)$/m.exec(written)?.[1] ?? '')).toBe(title)
    if (!/["\\]/.test(title)) expect(projectTitle({ 'proxyground.yaml': written })).toBe(title)
  }
})

test.each([
  ['- name: a\n    sdk: tinygo\n  - name: b', 'a', 'tinygo'],
  ['- name: a\n    sdk: tinygo\n  - name: b', 'b', 'higress'],
  ['- { sdk: "proxy-wasm", name: b, language: go }', 'b', 'proxy-wasm'],
  ['- { name: b, sdk: cobol }', 'b', 'higress'],
  ['[{ name: a, sdk: tinygo }, { name: b, sdk: proxy-wasm }]', 'b', 'proxy-wasm'],
])('the SDK of a Go plugin is read from %j', (entries, name, sdk) => {
  expect(sdkOfPlugin({ 'proxyground.yaml': `version: 1\nplugins:\n  ${entries}\n` }, name)).toBe(sdk)
})

test('a Go plugin is known by any Go file of its folder but a test', () => {
  const files = {
    'plugins/a/plugin.go': '',
    'plugins/a/a_test.go': '',
    'plugins/b/x_test.go': '',
    'plugins/c/in/x.go': '',
  }
  expect(pluginFolders({ files, binaries: {} }).map(({ language, main }) => [language, main])).toEqual([
    ['go', 'plugins/a/plugin.go'],
    ['none', 'plugins/b/x_test.go'],
    ['none', 'plugins/c/in/x.go'],
  ])
})
