import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { configSkeleton, goConfigKeys, parsesConfig } from './go-config.ts'

const parser = (body: string) => `func parseConfig(json gjson.Result, config *My, log log.Log) error {\n${body}\n}`

test.each([
  ['text', 'config.a = json.Get("serviceName").String()', [['serviceName', '""']]],
  ['a number', 'json.Get("qpm").Int()', [['qpm', '0']]],
  ['a switch', 'json.Get("mockEnable").Bool()', [['mockEnable', 'false']]],
  ['a list', 'for _, x := range json.Get("hosts").Array() {}', [['hosts', '[]']]],
  ['first looked for, then read', 'if json.Get("n").Exists() { c.n = json.Get("n").Int() }', [['n', '0']]],
  ['kept for later', 'v := json.Get("rules")', [['rules', '""']]],
  ['a header with the same call', 'headers.Get("X-Token")', []],
  ['a name made at run time', 'json.Get(prefix + "x")', []],
])('what a parser reads of its configuration: %s', (_, body, expected) => {
  expect(goConfigKeys(parser(body)).map(({ key, sample }) => [key, sample])).toEqual(expected)
})

test('the skeleton is a plugin file that changes nothing yet and says what can be written', () => {
  const text = configSkeleton(goConfigKeys(parser('json.Get("qpm").Int()')), 'main.go reads:')
  expect(text).toContain('#   qpm: 0\n')
  expect(parse(text)).toEqual({ defaultConfig: {} })
  expect(configSkeleton([], 'unused')).toBe('defaultConfig: {}\n')
})

test('a program without a parser wants no configuration', () => {
  expect(parsesConfig('wrapper.SetCtx("x", wrapper.ParseConfigBy(parse))')).toBe(true)
  expect(parsesConfig('wrapper.SetCtx("x", wrapper.ParseOverrideRawConfig(a, b))')).toBe(true)
  expect(parsesConfig('wrapper.SetCtx("x")')).toBe(false)
})
