import type { ProbeCase } from '../observed.ts'
import { call, get, on, post, script } from './parts.ts'

const ask = (name: string, ...lines: readonly string[]): ProbeCase => ({
  name: `foreign: ${name}`,
  scripts: [on('request_headers', ...lines)],
  request: { ...get, headers: [['x-probe', 'seen']] },
})

/** Creates each expression and evaluates it at once; tokens count from 0. */
const evaluate = (name: string, ...expressions: readonly string[]): ProbeCase =>
  ask(
    name,
    ...expressions.flatMap((text, index) => [
      `foreign expr_create ${text.replaceAll('%', '%25').replaceAll(' ', '%20')}`,
      `foreign expr_evaluate ${token(index)}`,
    ]),
  )

const token = (index: number): string => `%${index.toString(16).padStart(2, '0')}%00%00%00`

/** Fields of envoy.source.extensions.common.wasm.DeclarePropertyArguments. */
const declared = (name: string, fields = ''): string =>
  `foreign declare_property %0a%${name.length.toString(16).padStart(2, '0')}${name}${fields}`

const readOnly = '%10%01'
const typed = (type: number): string => `%18%0${type}`

const expressionCases: readonly ProbeCase[] = [
  evaluate('literals', '1', '1u', '1.5', 'true', '"text"', 'b"bytes"', 'null'),
  evaluate('lists and maps', '[1, 2]', '["a", "b"]', '{"a": 1}', '{1: "a"}', '[]', '{}', '[["a"]]'),
  evaluate(
    'arithmetic',
    '1 + 2',
    '7 / 2',
    '7 % 2',
    '1 / 0',
    '1.0 / 0.0',
    '9223372036854775807 + 1',
    '-(-3)',
    '1 + 1.0',
  ),
  evaluate(
    'strings',
    '"a" + "b"',
    '"abc".size()',
    'size("你好")',
    '"abc".startsWith("ab")',
    '"abc".contains("z")',
    '"abc".endsWith("c")',
    '"abc".matches("b")',
    '"abc".matches("^b")',
  ),
  evaluate(
    'conversions',
    'int("7")',
    'string(7)',
    'double("1.5")',
    'uint(3)',
    'int("x")',
    'bytes("ab")',
    'string(b"ab")',
    'type(1)',
    'int(2.9)',
  ),
  evaluate(
    'time',
    'timestamp("2026-01-01T00:00:00Z")',
    'duration("1h")',
    'timestamp("2026-01-01T00:00:00Z") + duration("1s")',
    'timestamp("2026-01-01T00:00:00Z").getFullYear()',
    'duration("90s").getSeconds()',
  ),
  evaluate(
    'comparison',
    '1 == 1',
    '1 == 1.0',
    '1 < 2u',
    '"a" < "b"',
    '[1] == [1]',
    '1 == "1"',
    'null == null',
    '1 in [1, 2]',
    '"a" in {"a": 1}',
  ),
  evaluate('logic', 'true || 1 / 0 == 1', '1 / 0 == 1 && false', '!true', 'true ? 1 : 2', '1 ? 2 : 3', 'false && "x"'),
  evaluate(
    'macros',
    '[1, 2, 3].exists(x, x > 2)',
    '[1, 2, 3].all(x, x > 2)',
    '[1, 2, 3].filter(x, x > 1)',
    '[1, 2].map(x, x * 2)',
    '[1, 2].exists_one(x, x == 1)',
    'has({"a": 1}.a)',
    'has({}.a)',
  ),
  evaluate(
    'attributes of the request',
    'request.path',
    'request.method == "GET"',
    'request.headers["x-probe"]',
    'request.headers["X-Probe"]',
    'request.headers["nope"]',
    'request.url_path',
    'request.query',
    'request.host',
    'request.size',
    'request.scheme',
  ),
  evaluate(
    'what is not there',
    'nope',
    'nope.x',
    'request.nope',
    'response.code',
    'has(request.nope)',
    'has(request.headers["x-probe"])',
    '"x-probe" in request.headers',
    '"nope" in request.headers',
    'has(response.code)',
  ),
  evaluate(
    'maps as a whole',
    'request',
    'size(request.headers) > 3',
    'connection',
    'response.headers',
    'size(response.headers)',
  ),
  evaluate(
    'other attributes',
    'connection.mtls',
    'plugin_name',
    'plugin_root_id',
    'xds.cluster_name',
    'xds.route_name',
    'connection.requested_server_name',
    'response.flags',
    'type(request.size)',
    'type(connection.id)',
    'type(request.time)',
    'request.protocol',
  ),
  evaluate(
    'what cannot be parsed',
    '',
    '1 +',
    '"open',
    'a b',
    '))',
    'f(1)',
    '1.f()',
    'x.matches("(")',
    '"x".matches("(")',
    'has(1)',
  ),
  ask(
    'tokens',
    'foreign expr_create 1',
    'foreign expr_create 2',
    `foreign expr_delete ${token(0)}`,
    'foreign expr_create 3',
    `foreign expr_evaluate ${token(0)}`,
    `foreign expr_evaluate ${token(1)}`,
    `foreign expr_evaluate ${token(2)}`,
    `foreign expr_delete ${token(9)}`,
    'foreign expr_delete abc',
    'foreign expr_delete ',
    'foreign expr_evaluate abc',
    `foreign expr_evaluate ${token(9)}`,
    'foreign expr_create 1%20%2b',
    'foreign expr_create 4',
  ),
  {
    name: 'foreign: expressions see what the phase has',
    scripts: [
      script(
        on(
          'request_headers',
          'foreign expr_create request.path',
          'foreign expr_create response.code',
          'foreign expr_create size(request.headers)>0',
          'foreign expr_create response.headers["content-type"]',
        ),
        ...['request_body', 'response_headers', 'response_body', 'log', 'done'].map((phase) =>
          on(phase, ...[0, 1, 2, 3].map((index) => `@1 foreign expr_evaluate ${token(index)}`)),
        ),
      ),
    ],
    request: post,
  },
  {
    name: 'foreign: expressions see properties that plugins set',
    scripts: [
      on(
        'request_headers',
        'setprop own 7',
        'foreign expr_create own',
        `foreign expr_evaluate ${token(0)}`,
        'foreign expr_create own%20==%20"7"',
        `foreign expr_evaluate ${token(1)}`,
        'foreign expr_create filter_state["wasm.own"]',
        `foreign expr_evaluate ${token(2)}`,
        'foreign expr_create wasm.own',
        `foreign expr_evaluate ${token(3)}`,
      ),
    ],
    request: get,
  },
  {
    name: 'foreign: each root has its own expressions',
    scripts: [
      on('request_headers', 'foreign expr_create "first"', `foreign expr_evaluate ${token(0)}`),
      on(
        'request_headers',
        `foreign expr_evaluate ${token(0)}`,
        'foreign expr_create "second"',
        `foreign expr_evaluate ${token(0)}`,
      ),
    ],
    request: get,
  },
  {
    name: 'foreign: the effective context in a call response',
    scripts: [
      script(
        on('request_headers', 'foreign expr_create request.path', call, 'return 4'),
        on(
          'http_call_response',
          'prop request%00path',
          `foreign expr_evaluate ${token(0)}`,
          'foreign clear_route_cache ',
          'setprop a b',
          'prop a',
          'continue 0',
        ),
      ),
    ],
    request: get,
  },
  {
    name: 'foreign: in a tick',
    scripts: [
      script(
        on('request_headers', 'tick 20', call.replace('auth 1000', 'silent 200'), 'return 4'),
        on(
          'tick',
          '@1 foreign clear_route_cache ',
          '@1 foreign expr_create plugin_name',
          `@1 foreign expr_evaluate ${token(0)}`,
          '@1 foreign expr_create request.path',
          `@1 foreign expr_evaluate ${token(1)}`,
          `@1 ${declared('in_tick')}`,
          '@1 tick 0',
        ),
        on('http_call_response', 'continue 0'),
      ),
    ],
    request: get,
  },
]

const propertyCases: readonly ProbeCase[] = [
  ask(
    'declare_property, bytes',
    declared('d_plain'),
    declared('d_plain'),
    'prop d_plain',
    'setprop d_plain one',
    'prop d_plain',
    'setprop d_plain two',
    'prop d_plain',
  ),
  ask(
    'declare_property, read only',
    declared('d_once', readOnly),
    'setprop d_once one',
    'setprop d_once two',
    'prop d_once',
  ),
  ask(
    'declare_property, string',
    declared('d_text', typed(1)),
    'setprop d_text one',
    'prop d_text',
    'foreign expr_create d_text',
    `foreign expr_evaluate ${token(0)}`,
    'foreign expr_create type(d_text)',
    `foreign expr_evaluate ${token(1)}`,
  ),
  ask(
    'declare_property, protobuf without schema',
    declared('d_proto', typed(3)),
    'setprop d_proto %0a%01a',
    'prop d_proto',
  ),
  ask(
    'declare_property, flatbuffers without schema',
    declared('d_flat', typed(2)),
    'setprop d_flat abc',
    'prop d_flat',
  ),
  ask(
    'declare_property, types that are not there',
    declared('d_nine', '%18%09'),
    declared('d_span', '%28%09'),
    'setprop d_nine a',
    'prop d_nine',
  ),
  ask(
    'declare_property, span of the request',
    declared('d_request', '%28%01'),
    'setprop d_request a',
    'prop d_request',
  ),
  ask(
    'declare_property, malformed',
    'foreign declare_property ',
    'foreign declare_property garbage',
    'foreign declare_property %0a%ff',
    'foreign declare_property %0a%00',
    'prop ',
  ),
  ask(
    'declare_property after the value was set',
    'setprop d_late one',
    declared('d_late', readOnly),
    'setprop d_late two',
    'prop d_late',
  ),
  ask('declare_property of a built-in name', declared('plugin_name'), 'setprop plugin_name x', 'prop plugin_name'),
  {
    name: 'foreign: declare_property in configure holds for every stream of the root',
    scripts: [
      script(
        on('configure', declared('d_conf', readOnly)),
        on('request_headers', 'setprop d_conf one', 'setprop d_conf two', 'prop d_conf'),
      ),
      on('request_headers', 'setprop d_conf three', 'prop d_conf'),
    ],
    request: get,
  },
  ask(
    'set_envoy_filter_state',
    'foreign set_envoy_filter_state ',
    'foreign set_envoy_filter_state garbage',
    'foreign set_envoy_filter_state %0a%04nope%12%01v',
    'foreign set_envoy_filter_state %0a%11envoy.tcp_proxy.x%12%01v',
    'foreign set_envoy_filter_state %0a%17envoy.tcp_proxy.cluster%12%04auth',
    'prop filter_state%00envoy.tcp_proxy.cluster',
  ),
]

const compressionCases: readonly ProbeCase[] = [
  ask('compress and back', `roundtrip ${'a'.repeat(300)}`, 'roundtrip a', 'roundtrip ', 'roundtrip %00%01%02%ff'),
  ask(
    'compress short texts',
    'foreign compress ',
    'foreign compress a',
    'foreign compress aaaaaaaaaaaaaaaaaaaa',
    'foreign compress abcdefghijklmnopqrstuvwxyz',
    `roundtrip ${'the%20quick%20brown%20fox%20jumps%20over%20the%20lazy%20dog%20'.repeat(4)}`,
  ),
  ask(
    'uncompress what is not compressed',
    'foreign uncompress ',
    'foreign uncompress garbage',
    'foreign uncompress %78%9c',
    'foreign uncompress %78%9c%4b%04%00%00%62%00%62',
    'foreign uncompress %78%9c%4b%04%00%00%62%00%63',
    'foreign uncompress %78%9c%4b%04%00%00%62',
    'foreign uncompress %78%9c%4b%04%00%00%62%00%62trailing',
    'foreign uncompress %1f%8b%08%00%00%00%00%00%00%03%4b%04%00%43%be%b7%e8%01%00%00%00',
  ),
]

const signatureFailures: readonly ProbeCase[] = [
  ask(
    'verify_signature, malformed',
    'foreign verify_signature ',
    'foreign verify_signature garbage',
    'foreign verify_signature %0a%06sha256',
    'foreign verify_signature %0a%04nope%12%01k%1a%01s%22%01t',
  ),
  ask('sign, malformed', 'foreign sign ', 'foreign sign garbage', 'foreign sign %0a%06sha256%12%01t%1a%01k'),
]

/** Names under which some part of Envoy keeps an object in the filter state. */
const objects = [
  'envoy.string',
  'envoy.hashable_string',
  'envoy.tcp_proxy.disable_tunneling',
  'envoy.tcp_proxy.per_connection_idle_timeout_ms',
  'envoy.network.upstream_server_name',
  'envoy.network.upstream_subject_alt_names',
  'envoy.network.application_protocols',
  'envoy.network.network_namespace',
  'envoy.network.ip',
  'envoy.network.transport_socket.original_dst_address',
  'envoy.network.transport_socket.original_src_address',
  'envoy.network.transport_socket.http_11_proxy.address',
  'envoy.filters.listener.original_dst.local_ip',
  'envoy.filters.listener.original_dst.remote_ip',
  'envoy.network.proxy_protocol_options',
  'envoy.ratelimit.hits_addend',
  'envoy.upstream.dynamic_host',
  'envoy.upstream.dynamic_port',
  'envoy.upstream.cluster_from_dns',
  'envoy.udp_proxy.cluster',
  'envoy.wasm',
  'envoy.network.upstream_bind_override',
  'envoy.geoip',
  'envoy.filters.http.stateful_session',
]

const setObject = (name: string, value: string): readonly string[] => [
  `foreign set_envoy_filter_state %0a%${hexByte(name.length)}${name}%12%${hexByte(value.length)}${value}`,
  `prop filter_state%00${name}`,
]
const hexByte = (value: number): string => value.toString(16).padStart(2, '0')

const stateCases: readonly ProbeCase[] = [
  ...objects.map((name) =>
    ask(
      `set_envoy_filter_state of ${name}`,
      ...['v', '7', '1.2.3.4', '1.2.3.4:80', 'true'].flatMap((value) => setObject(name, value)),
    ),
  ),
  ask(
    'names in filter_state',
    'setprop own a',
    'prop filter_state%00own',
    'prop filter_state%00wasm.own',
    'prop wasm.own',
    'prop filter_state%00wasm.own%00x',
  ),
]

/** Foreign functions that exist without a proxy (proxy-wasm-host.md 2.11). */
export const foreignCases: readonly ProbeCase[] = [
  ...expressionCases,
  ...propertyCases,
  ...compressionCases,
  ...signatureFailures,
  ...stateCases,
]
