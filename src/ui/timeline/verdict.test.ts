import { expect, test } from 'vitest'
import type { Finding } from '../../model/report.ts'
import { exchangeOf } from './exchange.ts'
import { get, hangTrace, helloTrace, mockTrace, ok, TraceFixture, trapTrace } from './fixture.ts'
import { defaultScope, recordsOf, scopesOf } from './scopes.ts'
import { verdictOf, verdictOfRefused } from './verdict.ts'

function judge(trace: TraceFixture, findings: readonly Finding[] = []) {
  const view = trace.view()
  const scope = defaultScope(scopesOf(view))
  if (scope === undefined) throw new Error('no scope')
  const { mark, title, sub, jump } = verdictOf(recordsOf(view, scope), scope, view.plugins, findings)
  return { mark, title: title.key, ...title.params, sub: sub.map(({ key }) => key), jump }
}
const problem: Finding = { rule: 'x', severity: 'problem', plugin: 'hello', callback: 'c', event: 5, params: {} }

test('each end of a run has its sentence', () => {
  expect(judge(helloTrace())).toMatchObject({ title: 'run.verdict.line', line: '200 OK', mark: undefined })
  expect(judge(helloTrace(), [problem])).toMatchObject({ title: 'run.verdict.problems', count: 1, jump: 5 })
  expect(judge(hangTrace())).toMatchObject({ title: 'run.verdict.hang', mark: 'hang' })
  expect(judge(mockTrace())).toMatchObject({ title: 'run.verdict.reply', status: 200, sub: ['run.verdict.notAsked'] })
  expect(judge(trapTrace())).toMatchObject({ title: 'run.verdict.statusTrapped', status: 503, mark: 'trap' })
})

test('without plugins the request goes straight through', () => {
  const trace = new TraceFixture()
    .request(get, true)
    .event({ type: 'response.headers', headers: ok, endOfStream: true })
  expect(judge(trace.end())).toMatchObject({ title: 'run.verdict.straight' })
})

test('a note is no problem, and a finding of another step is none of this one', () => {
  expect(judge(helloTrace(), [{ ...problem, severity: 'note' }])).toMatchObject({ title: 'run.verdict.line' })
  expect(judge(helloTrace(), [{ ...problem, event: 999 }])).toMatchObject({ title: 'run.verdict.line' })
})

test.each([
  ['reset', 'run.verdict.reset'],
  ['client-abort', 'run.verdict.abort'],
  ['rejected', 'run.verdict.rejected'],
] as const)('a stream that ends with %s and no response says so', (ended, title) => {
  expect(judge(new TraceFixture('p').request(get, true).end(ended, ''))).toMatchObject({ title, mark: 'warn' })
})

test('a cut response keeps its status and says that it was cut', () => {
  const trace = new TraceFixture('p')
    .request(get, true)
    .event({ type: 'response.headers', headers: ok, endOfStream: false })
  expect(judge(trace.end('truncated', ''))).toMatchObject({ title: 'run.verdict.cut', line: '200 OK' })
})

test('a module that does not load is named', () => {
  const trace = new TraceFixture('p')
  trace.stream = undefined
  trace.event({ type: 'load-error', message: 'no', reason: { code: 'no-memory' } }, 0)
  expect(judge(trace)).toMatchObject({ title: 'run.verdict.notLoaded', plugin: 'p' })
})

test('a plugin that refuses its configuration is quoted', () => {
  const trace = new TraceFixture('p')
  trace.stream = undefined
  trace.event({ type: 'load-error', message: 'Failed', reason: { code: 'configure-failed' } }, 0)
  const [record] = trace.records
  if (record === undefined) throw new Error('no record')
  const found = { rule: 'module-rejected', severity: 'problem', plugin: 'p', callback: '', event: record.seq } as const
  const said = (params: Finding['params']) => verdictOfRefused(record, 'p', [{ ...found, params }])?.sub
  expect(said({ said: 'missing tokenHeader' })).toMatchObject([{ params: { message: 'missing tokenHeader' } }])
  expect(said({})).toMatchObject([{ params: { message: 'Failed' } }])
})

test('an exchange is put together from its parts', () => {
  const exchange = exchangeOf(mockTrace().records)
  expect(new TextDecoder().decode(exchange.response?.body)).toBe('hello world')
  expect(exchange.calls).toEqual([])
  const [asked] = exchangeOf(helloTrace().records).calls
  expect(asked?.kind === 'route' ? asked.request.headers.at(-1) : undefined).toEqual(['hello', 'world'])
})

test('a TCP connection says how it ended and what the client got', () => {
  const open = { type: 'connection.open', listener: 'tcp' } as const
  const data = { type: 'response.body', data: new Uint8Array(7), endOfStream: true } as const
  const end = (ended: 'complete' | 'reset') =>
    ({ type: 'stream.end', ended, details: '', flags: '', accessLog: '' }) as const
  const connection = (ended: 'complete' | 'reset') =>
    judge(new TraceFixture().event(open).event(data).event(end(ended)))
  expect(connection('complete')).toMatchObject({
    title: 'run.verdict.connectionDone',
    mark: undefined,
    sub: ['run.verdict.took', 'run.verdict.clientGot'],
  })
  expect(connection('reset')).toMatchObject({ title: 'run.verdict.connectionCut', mark: 'warn' })
})
