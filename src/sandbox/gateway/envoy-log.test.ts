import { expect, test } from 'vitest'
import { type WasmLogLine, wasmLogLine } from './envoy-log.ts'

const line: WasmLogLine = {
  profile: 'envoy-1.40',
  atMs: Date.UTC(2026, 0, 1),
  level: 'info',
  message: 'hello',
  context: 'stream',
  pluginName: 'my_plugin',
  rootId: 'my_root_id',
  vmId: 'my_vm_id',
}

test.each<[string, Partial<WasmLogLine>, string]>([
  ['a stream context names plugin, root and VM', {}, 'wasm log my_plugin my_root_id my_vm_id: hello'],
  ['a root context leaves the plugin name out', { context: 'root' }, 'wasm log my_root_id my_vm_id: hello'],
  ['empty parts take no space', { rootId: '', vmId: '' }, 'wasm log my_plugin: hello'],
  ['the VM context has no prefix', { context: 'vm' }, 'wasm log: hello'],
])('%s', (_name, change, expected) => {
  expect(wasmLogLine({ ...line, ...change }).replace(/^.*?\] wasm log/, 'wasm log')).toBe(expected)
})

test.each<[Partial<WasmLogLine>, string]>([
  [
    { profile: 'higress-2.1', level: 'debug' },
    '[2026-01-01 00:00:00.000][1][debug][wasm] [external/envoy/source/extensions/common/wasm/context.cc:1308]',
  ],
  [
    { profile: 'higress-2.2', level: 'warn', thread: 62 },
    '[2026-01-01 00:00:00.000][62][warning][wasm] [external/envoy/source/extensions/common/wasm/context.cc:1516]',
  ],
  [{ atMs: 1_000 }, '[1970-01-01 00:00:01.000][1][info][wasm] [source/extensions/common/wasm/context.cc:1170]'],
])('the head is the one seen in published logs: %j', (change, head) => {
  expect(wasmLogLine({ ...line, ...change })).toBe(`${head} wasm log my_plugin my_root_id my_vm_id: hello`)
})
