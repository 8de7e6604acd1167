import { describe, expect, test } from 'vitest'
import { loadPlugin } from '../../model/project/load-plugin.ts'
import { english } from '../../text/catalogue.ts'
import { createText } from '../../text/text.ts'
import { describeFinding } from './describe-finding.ts'
import { brief, end, explained, requestHeaders } from './testing/explained.ts'
import { bytes, enumArg, TraceBuilder } from './testing/trace-builder.ts'

describe('Higress rules', () => {
  const configured = (config: string, route = 'default/foo') =>
    new TraceBuilder()
      .inStream(undefined)
      .callback('proxy_on_configure', [], 1, undefined, (inside) =>
        inside.call('proxy_get_buffer_bytes', {
          args: [enumArg('type', 7, 'PluginConfiguration')],
          out: [bytes('bytes', config)],
        }),
      )
      .inStream(1)
      .event({ type: 'route', name: route, cluster: 'outbound|80||svc.default.svc.cluster.local' })
      .chainHeaders('request', [[':authority', 'shop.example.com:10000']])
      .callback(requestHeaders, end(1), 0, 'Continue')
  const rule = (matcher: object) => JSON.stringify({ _rules_: [{ ...matcher, a: 1 }] })
  const none = 'no-rule-matched note'
  test.each<[string, string, string]>([
    ['another route', rule({ _match_route_: ['default/bar'] }), none],
    ['this route', rule({ _match_route_: ['default/foo'] }), 'rule-matched route note'],
    ['another domain', rule({ _match_domain_: ['*.example.org'] }), none],
    ['this domain, port stripped', rule({ _match_domain_: ['*.example.com'] }), 'rule-matched domain note'],
    ['domain by prefix', rule({ _match_domain_: ['shop.*'] }), 'rule-matched domain note'],
    ['this service', rule({ _match_service_: ['svc.default.svc.cluster.local'] }), 'rule-matched service note'],
    ['service with another port', rule({ _match_service_: ['svc.default.svc.cluster.local:81'] }), none],
    ['route prefix', rule({ _match_route_prefix_: ['default/'] }), 'rule-matched route-prefix note'],
    ['route and service, the service another', rule({ _match_route_: ['default/foo'], _match_service_: ['x'] }), none],
    [
      'a global configuration beside the rules',
      JSON.stringify({ b: 1, _rules_: [{ _match_route_: ['x'] }] }),
      'rule-matched global note',
    ],
    ['no rules', '{"b":1}', ''],
    ['not JSON', 'hello', ''],
  ])('%s', (_name, config, expected) => {
    const wanted = expected === '' ? [] : [`${expected} proxy_on_request_headers`]
    expect(brief(explained(configured(config)))).toEqual(wanted)
  })

  test('why each rule before it did not match is said, the first five one by one', () => {
    const said = (rules: readonly object[]): string => {
      const [found] = explained(configured(JSON.stringify({ _rules_: rules })))
      if (found === undefined) throw new Error('nothing was found')
      return describeFinding(found, createText('en', english)).why
    }
    const misses = [
      { _match_route_: ['x', 'y'] },
      { _match_route_: ['default/foo'], _match_service_: ['other.dns'] },
      { _match_domain_: ['*.example.org'] },
      { _match_service_: ['other.dns'] },
      { _match_route_prefix_: ['shop/'] },
    ]
    const sentences =
      ' Rule 1 is for the route x, y. Rule 2 is for this route, but for the service other.dns only.' +
      ' Rule 3 is for the host *.example.org. Rule 4 is for the service other.dns.' +
      ' Rule 5 is for routes that begin with shop/.'
    expect(said([...misses, { _match_domain_: ['*.example.com'] }])).toContain(sentences)
    expect(said([...misses, ...misses])).toContain(
      `${sentences} Rules that do not match either and are not listed here: 5.`,
    )
    expect(said([{ _match_domain_: ['*.example.com'] }])).not.toContain('Rule ')
  })

  test('a rule that is switched off counts, for it stands in plugin.yaml', () => {
    const { resource } = loadPlugin(
      'p',
      'plugins/p/plugin.yaml',
      `matchRules:
- { ingress: [default/bar], configDisable: true }
- { ingress: [default/bar], config: { a: 1 } }
- { domain: ["*"], configDisable: true }
- { ingress: [default/foo], config: { a: 2 } }
`,
    )
    if (resource?.configuration === undefined) throw new Error('the plugin did not load')
    const text = new TextDecoder().decode(resource.configuration)
    const [found] = explained(configured(text), 'higress-2.2', [{ ...resource, name: 'auth' }])
    if (found === undefined) throw new Error('nothing was found')
    expect(describeFinding(found, createText('en', english))).toMatchObject({
      what: expect.stringMatching(/^Rule 4 of/),
      why: expect.stringContaining('Rule 2 is for the route default/bar.'),
    })
  })

  test('the first rule that matches is named, for each request', () => {
    const rules = [{ _match_route_: ['x'] }, { _match_domain_: ['*.example.com'] }, { _match_route_: ['default/foo'] }]
    const trace = configured(JSON.stringify({ _rules_: rules }))
      .inStream(2)
      .event({ type: 'route', name: 'default/foo', cluster: 'c' })
      .chainHeaders('request', [[':authority', 'shop.example.com']])
      .callback(requestHeaders, end(1), 0, 'Continue')
    const matched = explained(trace).map(({ params }) => [params.rule, params.pattern, params.authority])
    expect(matched).toEqual([
      [2, '*.example.com', 'shop.example.com:10000'],
      [2, '*.example.com', 'shop.example.com'],
    ])
  })

  test.each<[string, (trace: TraceBuilder) => unknown, string[]]>([
    [
      'no :authority',
      (inside) =>
        inside.call('proxy_get_header_map_value', {
          args: [enumArg('map', 0, 'RequestHeaders'), bytes('key', ':authority')],
          code: 1,
          reason: { code: 'unknown-name', name: ':authority' },
        }),
      ['matcher-disabled authority problem proxy_on_request_headers'],
    ],
    [
      'route_name with a status it does not expect',
      (inside) => inside.call('proxy_get_property', { args: [bytes('path', 'route_name')], code: 3 }),
      ['matcher-disabled property problem proxy_on_request_headers'],
    ],
    [
      'route_name not found is fine',
      (inside) => inside.call('proxy_get_property', { args: [bytes('path', 'route_name')], code: 1 }),
      [],
    ],
  ])('matcher: %s', (_name, inside, expected) => {
    const trace = new TraceBuilder().callback(requestHeaders, end(1), 0, 'Continue', (callback) => {
      inside(callback)
    })
    expect(brief(explained(trace))).toEqual(expected)
  })
})
