import { describe, expect, test } from 'vitest'
import { addFaultStep, putService, readServices, removeService, renameService, setField } from './service-text.ts'

const project = `version: 1
gateway:
  routes:
    - { name: all, prefix: /, cluster: outbound|80||web.dns } # the only one
  clusters:
    # what the pages come from
    outbound|80||web.dns: { kind: httpbin, faults: [{ kind: latency, latency: 2s }] }
    outbound|80||auth.dns:
      kind: fixed
      status: 401
`

describe('the services of a project file', () => {
  test('are read with their kind, fields and lines; httpbin is there by itself', () => {
    expect(readServices(project)).toEqual([
      {
        name: 'outbound|80||web.dns',
        kind: 'httpbin',
        written: { kind: 'httpbin', faults: [{ kind: 'latency', latency: '2s' }] },
        lines: { from: 7, to: 7 },
      },
      {
        name: 'outbound|80||auth.dns',
        kind: 'fixed',
        written: { kind: 'fixed', status: 401 },
        lines: { from: 8, to: 10 },
      },
      { name: 'httpbin', kind: 'httpbin', written: { kind: 'httpbin' } },
    ])
  })

  test.each([
    ['', ['httpbin']],
    ['gateway:', ['httpbin']],
    ['gateway: { clusters: }', ['httpbin']],
    ['gateway: { clusters: { httpbin: { kind: echo } } }', ['httpbin']],
    ['gateway: { clusters: { a: , b: 7, c: { kind: [x] } } }', ['a', 'b', 'c', 'httpbin']],
  ])('of %j are %j', (yaml, names) => {
    expect(readServices(yaml)?.map(({ name }) => name)).toEqual(names)
  })

  test.each([['gateway: ['], ['gateway: { clusters: [[a, { kind: echo }]] }'], ['gateway: { clusters: all }']])(
    'cannot be shown where the text is %j',
    (yaml) => {
      expect(readServices(yaml)).toBeUndefined()
    },
  )
})

describe('an edit of the form', () => {
  test('changes its field and leaves comments and the rest as they are', () => {
    expect(setField(project, 'outbound|80||auth.dns', ['status'], 403)).toBe(project.replace('401', '403'))
    expect(setField(project, 'outbound|80||web.dns', ['faults', 0, 'latency'], '5s')).toBe(project.replace('2s', '5s'))
  })

  test('that empties a field takes it away, and the list that became empty', () => {
    expect(setField(project, 'outbound|80||web.dns', ['faults', 0], undefined)).toBe(
      project.replace(', faults: [{ kind: latency, latency: 2s }]', ''),
    )
    expect(setField(project, 'outbound|80||auth.dns', ['status'], undefined)).toBe(
      project.replace('      status: 401\n', ''),
    )
  })

  test('writes down the httpbin that was there by itself', () => {
    expect(setField('version: 1\n', 'httpbin', ['faults', 0], { kind: 'reset' })).toBe(
      'version: 1\ngateway:\n  clusters:\n    httpbin: { kind: httpbin, faults: [{ kind: reset }] }\n',
    )
  })

  test('keeps text that looks like a number, a name like __proto__ and Chinese as they were typed', () => {
    for (const body of ['0123', 'true', '你好: #', 'a\nb', '__proto__']) {
      const written = setField(project, 'outbound|80||auth.dns', ['body'], body)
      expect(readServices(written)?.[1]?.written.body).toBe(body)
    }
    expect(readServices(putService(project, '__proto__', { kind: 'echo' }))?.[2]).toMatchObject({
      name: '__proto__',
      kind: 'echo',
    })
  })

  test('adds a service, and takes one away', () => {
    const more = putService(project, 'outbound|6379||redis.static', { kind: 'redis' })
    expect(more).toBe(`${project}    outbound|6379||redis.static: { kind: redis }\n`)
    expect(removeService(more, 'outbound|6379||redis.static')).toBe(project)
    expect(removeService('gateway: { clusters: { a: { kind: echo } } }\n', 'a')).toBe('gateway: {}\n')
  })

  test('renames a service wherever a cluster of that name is meant', () => {
    expect(renameService(project, 'outbound|80||web.dns', 'web')).toBe(
      project.replaceAll('outbound|80||web.dns', 'web'),
    )
    const scenario = 'steps:\n  - fault: { cluster: web, kind: reset }\n  - request: { url: http://web/ } # web\n'
    expect(renameService(scenario, 'web', 'site')).toBe(scenario.replace('cluster: web', 'cluster: site'))
    expect(renameService('steps: [', 'web', 'site')).toBe('steps: [')
  })

  test('adds a step that breaks a service to a scenario', () => {
    expect(addFaultStep('name: x\nsteps:\n  - request: { url: a }\n', 'outbound|80||web.dns', 'reset')).toBe(
      'name: x\nsteps:\n  - request: { url: a }\n  - fault: { cluster: outbound|80||web.dns, kind: reset }\n',
    )
    expect(addFaultStep('name: x\n', 'web', 'none')).toBe('name: x\nsteps:\n  - fault: { cluster: web, kind: none }\n')
  })
})
