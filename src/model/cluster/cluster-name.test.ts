import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { explainClusterName } from './cluster-name.ts'
import { meantClusters } from './meant-cluster.ts'

/** What every part means, without separators: `port 80, service auth`. */
const reading = (name: string) =>
  explainClusterName(name)
    .parts.filter(({ means, text }) => means !== 'separator' && text !== '')
    .map(({ means, text }) => (means === text ? means : `${means} ${text}`))
    .join(', ')

describe('every spelling of Higress is read part by part (higress.md 1.8)', () => {
  test.each([
    ['outbound|80||auth.static', 'static', 'direction outbound, port 80, service auth, static'],
    ['outbound|443||api.example.dns', 'dns', 'direction outbound, port 443, service api.example, dns'],
    [
      'outbound|8080|v2|web.shop.svc.cluster.local',
      'kubernetes',
      'direction outbound, port 8080, subset v2, service web, namespace shop, kubernetes svc.cluster.local',
    ],
    [
      'outbound|8848||pay.DEFAULT-GROUP.public.nacos',
      'nacos',
      'direction outbound, port 8848, service pay, group DEFAULT-GROUP, namespace public, nacos',
    ],
    [
      'outbound|80||a.b.GROUP.7f3c.nacos-ext',
      'nacos',
      'direction outbound, port 80, service a.b, group GROUP, namespace 7f3c, nacos-ext',
    ],
    ['outbound|80||web.dc1.consul', 'consul', 'direction outbound, port 80, service web, datacenter dc1, consul'],
    ['outbound|443||api.example.com', 'fqdn', 'direction outbound, port 443, host api.example.com'],
    ['httpbin', 'plain', 'plain httpbin'],
  ])('%s', (name, spelling, read) => {
    const explained = explainClusterName(name)
    expect([explained.spelling, reading(name)]).toEqual([spelling, read])
    expect(explained.doubts).toEqual([])
  })
})

test.each([
  ['outbound|8080||auth.static', 'static-port', 'outbound|80||auth.static'],
  ['auth.static', 'short', 'outbound|80||auth.static'],
  ['auth.dns', 'short', undefined],
  ['auth.dns:8443', 'short', 'outbound|8443||auth.dns'],
  ['http://auth.static:8080/check', 'short', 'outbound|80||auth.static'],
  ['http://example.com/', 'address', undefined],
  ['10.0.0.1:8080', 'address', undefined],
  ['outbound|80|auth.static', 'bars', 'outbound|80||auth.static'],
  ['outbound|80|||auth.static', 'bars', 'outbound|80||auth.static'],
  ['outbound|80|v1|auth|static', 'bars', undefined],
  ['inbound|80||auth.dns', 'direction', 'outbound|80||auth.dns'],
  ['outbound|http||auth.dns', 'port', undefined],
  ['outbound|70000||auth.dns', 'port', undefined],
  ['outbound|6379||redis.static?db=1', 'query', 'outbound|6379||redis.static'],
  [' outbound|80||auth.dns\n', 'blank', 'outbound|80||auth.dns'],
  ['outbound|80||pay.MY_GROUP.public.nacos', 'group', 'outbound|80||pay.MY-GROUP.public.nacos'],
  ['outbound|80||web..svc.cluster.local', 'empty-label', undefined],
])('%j is doubtful: %s', (name, code, meant) => {
  const [doubt] = explainClusterName(name).doubts
  expect([doubt?.code, doubt?.meant]).toEqual([code, meant])
})

test('whatever the name, its parts are the name again', () => {
  const field = fc.stringMatching(/^[a-z0-9.:?/ _-]{0,12}$/)
  const names = fc.oneof(
    fc.string(),
    fc.array(field, { maxLength: 6 }).map((fields) => fields.join('|')),
    fc
      .tuple(field, fc.constantFrom('static', 'dns', 'nacos', 'nacos-ext', 'consul', 'svc.cluster.local'))
      .map(([host, registry]) => `outbound|80||${host}.${registry}`),
  )
  fc.assert(
    fc.property(names, (name) => {
      expect(
        explainClusterName(name)
          .parts.map(({ text }) => text)
          .join(''),
      ).toBe(name)
    }),
  )
})

describe('the known cluster that was probably meant', () => {
  const known = ['httpbin', 'outbound|80||auth.static', 'outbound|443||pay.dns', 'outbound|80|v1|web.shop.svc.cluster.local'] // biome-ignore format: a list
  test.each([
    ['outbound|8080||auth.static', 'outbound|80||auth.static', 'static-port'],
    ['outbound|80||pay.dns', 'outbound|443||pay.dns', 'port'],
    ['outbound|80||web.shop.svc.cluster.local', 'outbound|80|v1|web.shop.svc.cluster.local', 'subset'],
    ['outbound|80||auth.dns', 'outbound|80||auth.static', 'registry'],
    ['outbound|80||web.other.svc.cluster.local', 'outbound|80|v1|web.shop.svc.cluster.local', 'registry'],
    ['auth.static', 'outbound|80||auth.static', 'shape'],
    ['auth', 'outbound|80||auth.static', 'shape'],
    ['https://pay.dns/login', 'outbound|443||pay.dns', 'shape'],
    ['outbound|443|pay.dns', 'outbound|443||pay.dns', 'shape'],
    ['outbound|443||Pay.dns', 'outbound|443||pay.dns', 'spelling'],
    ['httpbim', 'httpbin', 'spelling'],
  ])('%s', (name, meant, differs) => {
    expect(meantClusters(name, known)[0]).toEqual({ name: meant, differs })
  })

  test('nothing is near', () => {
    expect(meantClusters('zzzzzzzzzzzzzz', known)).toEqual([])
  })

  test('the name itself is no answer', () => {
    expect(meantClusters('httpbin', known)).toEqual([])
  })
})
