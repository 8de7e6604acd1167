import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadProject, type ProjectTexts } from '../project/load.ts'
import { importText, recogniseImport } from './import.ts'

/** In the shape of the Higress document's file (W5): same fields, our own values. */
const envoyYaml = `admin:
  address:
    socket_address: { protocol: TCP, address: 0.0.0.0, port_value: 9901 }
static_resources:
  listeners:
    - name: listener_0
      address:
        socket_address: { protocol: TCP, address: 0.0.0.0, port_value: 10000 }
      traffic_direction: OUTBOUND
      filter_chains:
        - filters:
            - name: envoy.filters.network.http_connection_manager
              typed_config:
                "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                scheme_header_transformation:
                  scheme_to_overwrite: https
                stat_prefix: ingress_http
                generate_request_id: true
                route_config:
                  name: local_route
                  virtual_hosts:
                    - name: local_service
                      domains: ["*"]
                      routes:
                        - match: { prefix: "/" }
                          route: { cluster: httpbin }
                http_filters:
                  - name: wasmdemo
                    typed_config:
                      "@type": type.googleapis.com/udpa.type.v1.TypedStruct
                      type_url: type.googleapis.com/envoy.extensions.filters.http.wasm.v3.Wasm
                      value:
                        config:
                          name: wasmdemo
                          vm_config:
                            runtime: envoy.wasm.runtime.v8
                            code:
                              local: { filename: /etc/envoy/main.wasm }
                          configuration:
                            "@type": type.googleapis.com/google.protobuf.StringValue
                            value: |
                              {
                                "mockEnable": false
                              }
                  - name: envoy.filters.http.router
  clusters:
    - name: httpbin
      connect_timeout: 30s
      type: LOGICAL_DNS
      dns_lookup_family: V4_ONLY
      lb_policy: ROUND_ROBIN
      load_assignment:
        cluster_name: httpbin
        endpoints:
          - lb_endpoints:
              - endpoint:
                  address:
                    socket_address: { address: httpbin, port_value: 80 }
`

const composeYaml = `version: '3.9'
services:
  envoy:
    image: registry.example.com/higress/gateway:v2.1.5
    entrypoint: /usr/local/bin/envoy
    command: -c /etc/envoy/envoy.yaml --component-log-level wasm:debug
    depends_on: [httpbin]
    networks: [wasmtest]
    ports:
      - "10000:10000"
    cap_add: [NET_ADMIN]
    volumes:
      - ./envoy.yaml:/etc/envoy/envoy.yaml
      - ./main.wasm:/etc/envoy/main.wasm
  httpbin:
    image: kennethreitz/httpbin:latest
    networks: [wasmtest]
    ports:
      - "12345:80"
networks:
  wasmtest: {}
`

const wasmPlugin = `# ours
apiVersion: extensions.higress.io/v1alpha1
kind: WasmPlugin
metadata:
  name: request-block
  namespace: higress-system
spec:
  selector:
    matchLabels: { app: gateway }
  defaultConfig:
    block_urls: [swagger.html]
  matchRules:
    - ingress: [default/foo]
      config: { block_bodies: [foo] }
    - domain: ["*.example.com"]
      config: { block_bodies: [bar] }
  url: oci://example.com/request_block:1.0.0
  prority: 3
`

const demo: ProjectTexts = {
  'proxyground.yaml': '# mine\nversion: 1\ntitle: Demo\nplugins:\n  - { name: my-plugin, language: assemblyscript }\n',
  'plugins/my-plugin/plugin.ts': 'export {}\n',
}

function imported(text: string, files: ProjectTexts = demo) {
  const result = importText(text, 'pasted.yaml', files)
  if (result.kind === 'unknown') throw new Error('not recognised')
  if (result.kind === 'unusable')
    throw new Error(result.problems.map(({ line, message }) => `${line}: ${message}`).join('\n'))
  const after = { ...files, ...result.files }
  const { project, problems } = loadProject(after)
  if (!project) throw new Error(problems.map(({ message }) => message).join('\n'))
  return { result, after, project, left: result.left.map(({ line, path }) => `${line} ${path}`) }
}

const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes)

describe('an envoy.yaml', () => {
  const { project, left, after, result } = imported(envoyYaml)

  it('fills in listener, route, cluster, plugin and configuration (W5)', () => {
    expect(project.gateway.listeners).toMatchObject([
      {
        name: 'listener_0',
        port: 10000,
        scheme: 'https',
        plugins: ['my-plugin'],
        routes: [
          {
            name: 'local_service',
            domains: ['*'],
            match: { kind: 'prefix', prefix: '/' },
            target: { kind: 'cluster', cluster: 'httpbin' },
          },
        ],
      },
    ])
    expect(project.gateway.clusters).toMatchObject([
      ['httpbin', { kind: 'httpbin', hosts: ['httpbin:80'], timeout: 30e9 }],
    ])
    const [plugin] = project.plugins
    expect(plugin).toMatchObject({
      name: 'my-plugin',
      resource: 'envoy-plugin',
      displayName: 'wasmdemo',
      vmId: '',
      rootId: '',
    })
    expect(text(plugin?.configuration)).toBe('{\n  "mockEnable": false\n}\n')
    expect(result).toMatchObject({ plugins: [{ name: 'my-plugin', isNew: false }] })
  })

  it('lists what was not understood, by line', () => {
    expect(left).toEqual([
      '1 admin',
      '9 static_resources.listeners[0].traffic_direction',
      '18 static_resources.listeners[0].filter_chains[0].filters[0].typed_config.generate_request_id',
    ])
  })

  it('keeps the rest of proxyground.yaml, comments too', () => {
    expect(after['proxyground.yaml']).toMatch(/^# mine\nversion: 1\ntitle: Demo\nplugins:\n/)
  })

  it('makes a new plugin when the project has none', () => {
    const fresh = imported(envoyYaml, {})
    expect(fresh.result).toMatchObject({ plugins: [{ name: 'wasmdemo', isNew: true }] })
    expect(fresh.project.gateway.listeners).toMatchObject([{ plugins: ['wasmdemo'] }])
  })
})

describe('envoy.yaml in the other documents', () => {
  const indented = (config: string) =>
    config
      .split('\n')
      .map((line) => `${' '.repeat(24)}${line}`)
      .join('\n')
  const wasm = (config: string) => `static_resources:
  listeners:
    - name: staticreply
      address: { socket_address: { address: 127.0.0.1, port_value: 18000 } }
      filter_chains:
        - filters:
            - name: envoy.http_connection_manager
              typed_config:
                "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                route_config:
                  virtual_hosts:
                    - name: all
                      domains: ["*"]
                      routes:
                        - match: { path: /a }
                          direct_response: { status: 200, body: { inline_string: hi } }
                        - match: { prefix: /, headers: [{ name: x-v, string_match: { exact: b } }] }
                          route: { weighted_clusters: { clusters: [{ name: one, weight: 3 }, { name: two, weight: 1 }] }, timeout: 0.25s, prefix_rewrite: /b }
                http_filters:
                  - name: envoy.filters.http.wasm
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.http.wasm.v3.Wasm
                      config:
${indented(config)}
                  - name: envoy.filters.http.router
                    typed_config: { "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router }
  clusters:
    - { name: one, type: STRICT_DNS, http2_protocol_options: {} }
    - { name: two, type: STATIC }
`

  it('reads names, ids and any text as configuration byte for byte (W21, W33)', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (configuration) => {
        const config = `name: my_plugin
root_id: my_root_id
vm_config: { vm_id: my_vm_id, runtime: envoy.wasm.runtime.v8, allow_precompiled: true, configuration: { "@type": type.googleapis.com/google.protobuf.StringValue, value: vm }, code: { local: { filename: a.wasm } } }
configuration: { "@type": type.googleapis.com/google.protobuf.StringValue, value: ${JSON.stringify(configuration)} }`
        const { project, left } = imported(wasm(config), {})
        expect(left).toEqual([])
        const [plugin] = project.plugins
        expect(plugin).toMatchObject({
          name: 'my_plugin',
          displayName: 'my_plugin',
          rootId: 'my_root_id',
          vmId: 'my_vm_id',
        })
        expect(text(plugin?.vmConfiguration)).toBe('vm')
        expect(text(plugin?.configuration)).toBe(configuration)
      }),
      // A line of JavaScript ends where one of YAML does not.
      { numRuns: 30, examples: [['\u2028'], ['\u2029\u0085']] },
    )
  })

  it('reads a Struct, fail policy, routes with weights and direct answers', () => {
    const { project, left } = imported(
      wasm(
        'name: p\nfail_open: true\nconfiguration: { "@type": type.googleapis.com/google.protobuf.Struct, value: { header: x, n: 1 } }',
      ),
      {},
    )
    expect(left).toEqual([])
    expect(project.plugins).toMatchObject([{ failPolicy: 'open' }])
    expect(text(project.plugins[0]?.configuration)).toBe('{"header":"x","n":1}')
    expect(project.gateway.listeners).toMatchObject([
      {
        routes: [
          { name: 'all-0', match: { kind: 'path', path: '/a' }, target: { kind: 'direct', status: 200 } },
          { headers: [['x-v', 'b']], target: { kind: 'weights' }, timeout: 250e6, rewrite: '/b' },
        ],
      },
    ])
    expect(project.gateway.clusters).toMatchObject([
      ['one', { protocol: 'h2' }],
      ['two', {}],
      ['httpbin', {}],
    ])
  })

  it('reads a network filter and a singleton service that share one module (W23–W25)', () => {
    const config = 'config: { name: tcp, vm_config: { vm_id: v, code: { local: { filename: x.wasm } } } }'
    const { project, left } = imported(
      `bootstrap_extensions:
  - name: envoy.bootstrap.wasm
    typed_config:
      "@type": type.googleapis.com/envoy.extensions.wasm.v3.WasmService
      singleton: true
      config: { name: collector, vm_config: { vm_id: v, code: { local: { filename: x.wasm } } } }
static_resources:
  listeners:
    - name: tcp
      address: { socket_address: { address: 127.0.0.1, port_value: 18002 } }
      filter_chains:
        - filters:
            - name: envoy.filters.network.wasm
              typed_config: { "@type": type.googleapis.com/envoy.extensions.filters.network.wasm.v3.Wasm, ${config} }
            - name: envoy.tcp_proxy
              typed_config: { "@type": type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy, stat_prefix: s, cluster: tcp_echo }
  clusters: [{ name: tcp_echo }]
`,
      {},
    )
    expect(left).toEqual([])
    expect(project.gateway.listeners).toEqual([
      { kind: 'tcp', name: 'tcp', port: 18002, plugins: ['tcp'], cluster: 'tcp_echo' },
    ])
    expect(project.gateway.services).toEqual([{ plugin: 'collector', singleton: true }])
    expect(project.plugins.map(({ name, source }) => [name, source])).toEqual([
      ['tcp', 'tcp'],
      ['collector', 'tcp'],
    ])
  })
})

describe('a docker-compose.yaml', () => {
  it('gives profile and log level, and lists what was not understood (W5)', () => {
    const { project, left } = imported(composeYaml)
    expect(project.gateway).toMatchObject({ profile: 'higress-2.1', logLevel: 'debug', listeners: [{ port: 10000 }] })
    expect(left).toEqual(['11 services.envoy.cap_add'])
  })

  it('moves a listener to the published port, and reads threads from a list of words', () => {
    const { project } = imported(
      'services: { e: { image: "envoyproxy/envoy:v1.36.2", command: [envoy, -l, warning, --concurrency, "2"], ports: ["8080:10000"] } }',
    )
    expect(project.gateway).toMatchObject({
      profile: 'envoy-1.36',
      logLevel: 'warn',
      workers: 2,
      listeners: [{ port: 8080, plugins: ['my-plugin'] }],
    })
  })
})

describe('a WasmPlugin', () => {
  it('becomes the plugin.yaml of the one plugin, and unknown keys are listed by line (W18)', () => {
    const { project, left, after } = imported(wasmPlugin)
    expect(left).toEqual(['18 prority'])
    expect(after['plugins/my-plugin/plugin.yaml']).toContain('# ours')
    expect(text(project.plugins[0]?.configuration)).toBe(
      '{"_rules_":[{"_match_route_":["default/foo"],"block_bodies":["foo"]},{"_match_domain_":["*.example.com"],"block_bodies":["bar"]}],"block_urls":["swagger.html"]}',
    )
    expect(project.plugins[0]?.displayName).toBe('higress-system.request-block')
  })

  it('without unknown keys is kept byte for byte', () => {
    const exact = wasmPlugin.replace('  prority: 3\n', '')
    expect(imported(exact, {}).after['plugins/request-block/plugin.yaml']).toBe(exact)
  })

  it('whose rule matches nothing is unusable, with the line', () => {
    expect(importText('kind: WasmPlugin\nspec:\n  matchRules:\n    - config: {}\n', 'pasted.yaml', demo)).toMatchObject(
      {
        kind: 'unusable',
        problems: [{ file: 'pasted.yaml', line: 4, code: 'problem.ruleWithoutMatcher' }],
      },
    )
  })
})

describe('recognising', () => {
  it.each([
    [envoyYaml, 'envoy'],
    [composeYaml, 'compose'],
    [wasmPlugin, 'wasm-plugin'],
    ['bootstrap_extensions: []', 'envoy'],
    ['kind: Deployment', undefined],
    ['hello', undefined],
    ['a: [', undefined],
    ['', undefined],
  ])('%.20s', (pasted, kind) => {
    expect(recogniseImport(pasted)).toBe(kind)
  })

  it('never throws, whatever is pasted', { timeout: 60_000 }, () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: 'small' },
        fc.string(),
        fc.integer(),
        fc.constantFrom(null, true),
        fc.array(tie('any'), { maxLength: 2 }),
        fc.dictionary(
          fc.constantFrom(
            'listeners',
            'clusters',
            'address',
            'filter_chains',
            'typed_config',
            '@type',
            'name',
            '__proto__',
          ),
          tie('any'),
          { maxKeys: 4 },
        ),
      ),
    })).any
    fc.assert(
      fc.property(value, value, (a, b) => {
        importText(JSON.stringify({ static_resources: { listeners: a, clusters: b } }), 'x', demo)
        importText(JSON.stringify({ services: { a, b } }), 'x', demo)
        importText(JSON.stringify({ kind: 'WasmPlugin', spec: a, metadata: b }), 'x', demo)
      }),
      { numRuns: 60 },
    )
  })
})
