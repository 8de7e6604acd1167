import type { ProbeCase } from '../observed.ts'
import { get, on, script } from './parts.ts'

/** Attributes by phase, and values that a plugin stores. */
export const propertiesCases: readonly ProbeCase[] = [
  // g. properties
  {
    name: 'properties in request headers',
    scripts: [
      on(
        'request_headers',
        ...[
          'request%00path',
          'request%00url_path',
          'request%00query',
          'request%00host',
          'request%00method',
          'request%00scheme',
          'request%00protocol',
          'request%00headers%00x-nope',
          'request%00size',
          'request',
          'request.path',
          '',
          'nope',
          'response%00code',
          'plugin_name',
          'plugin_root_id',
          'plugin_vm_id',
          'cluster_name',
          'route_name',
          'xds%00cluster_name',
          'xds%00route_name',
          'connection%00mtls',
          'connection%00tls_version',
          'filter_state',
          'response%00headers',
          'source%00address',
          'request%00useragent',
        ].map((path) => `prop ${path}`),
      ),
    ],
    request: { ...get, headers: [['user-agent', 'probe/1']] },
  },
  {
    name: 'properties in response headers, response body and log',
    scripts: [
      script(
        ...['response_headers', 'response_body', 'log'].map((phase) =>
          on(
            phase,
            ...[
              'request%00path',
              'request%00method',
              'response%00code',
              'response%00code_details',
              'response%00flags',
              'response%00grpc_status',
              'request%00total_size',
            ]
              .slice(0, 6)
              .map((path) => `prop ${path}`),
          ),
        ),
      ),
    ],
    request: get,
  },
  {
    name: 'set_property is read back by its name only',
    scripts: [
      on(
        'request_headers',
        'setprop foo bar',
        'prop foo',
        'prop wasm.foo',
        'setprop foo ',
        'prop foo',
        'setprop a%00b c',
        'prop a%00b',
        'setprop plugin_name x',
        'prop plugin_name',
      ),
    ],
    request: get,
  },
]
