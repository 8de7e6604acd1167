/** Explanations of what the host answered to a call (the three parts: findings.ts). */
export const callFindings = {
  'finding.callout-refused.what': 'The call to {{cluster}} was refused: {{status}}',
  'finding.callout-refused.why': 'Nothing was sent, so the callback of this call will not run.',
  'finding.callout-refused.do': 'Handle the error where the call is made: continue, or send a local reply.',
  'finding.callout-refused.unknown-cluster.what': 'No cluster is named {{cluster}}',
  'finding.callout-refused.unknown-cluster.why':
    'A call goes to a cluster by its exact name. Known here: {{known}}. Nothing was sent, so the callback will not run.',
  'finding.callout-refused.unknown-cluster.do': 'Use a known name, or add the cluster to proxyground.yaml.',
  'finding.callout-refused.near-cluster.what': 'No cluster is named {{cluster}}',
  'finding.callout-refused.near-cluster.why':
    'A call goes to a cluster by its exact name. Known here: {{known}}. Nothing was sent, so the callback will not run.',
  'finding.callout-refused.near-cluster.do': 'Use {{nearest}}, or add the cluster to proxyground.yaml.',
  'finding.callout-refused.static-port.what': 'No cluster is named {{cluster}}',
  'finding.callout-refused.static-port.why':
    'A static service gets port 80 in its cluster name, whatever port it listens on. Nothing was sent, so the callback will not run.',
  'finding.callout-refused.static-port.do': 'Use {{nearest}}.',
  'finding.callout-refused.other-port.what': 'No cluster is named {{cluster}}',
  'finding.callout-refused.other-port.why':
    '{{replacement}} is the same service under another port. A call goes to a cluster by its exact name. Nothing was sent, so the callback will not run.',
  'finding.callout-refused.other-port.do': 'Use {{replacement}}, or add the cluster to proxyground.yaml.',
  'finding.callout-refused.other-version.what': 'No cluster is named {{cluster}}',
  'finding.callout-refused.other-version.why':
    '{{replacement}} is the same service in another version (the part between the second and the third bar). Nothing was sent, so the callback will not run.',
  'finding.callout-refused.other-version.do': 'Use {{replacement}}, or add the cluster to proxyground.yaml.',
  'finding.callout-refused.other-registry.what': 'No cluster is named {{cluster}}',
  'finding.callout-refused.other-registry.why':
    'A service of this name comes from elsewhere: {{nearest}}. Registry, group, namespace and datacenter are parts of the name. Nothing was sent, so the callback will not run.',
  'finding.callout-refused.other-registry.do': 'Use {{replacement}}, or add the cluster to proxyground.yaml.',
  'finding.callout-refused.other-shape.what': 'No cluster is named {{cluster}}',
  'finding.callout-refused.other-shape.why':
    'A cluster is called by its whole name, and {{replacement}} is one. Nothing was sent, so the callback will not run.',
  'finding.callout-refused.other-shape.do': 'Use {{replacement}}.',
  'finding.callout-refused.no-cluster-name.what': 'The call names no cluster',
  'finding.callout-refused.no-cluster-name.why':
    'The name was empty, which happens when a configuration value is missing. Known here: {{known}}. Nothing was sent.',
  'finding.callout-refused.no-cluster-name.do': 'Give the call one of the known names.',
  'finding.callout-refused.missing-header.what': 'The call to {{cluster}} has no {{header}} header',
  'finding.callout-refused.missing-header.why':
    'A host asks for :method, :path and :authority (host will do) in every call. Nothing was sent, so the callback will not run.',
  'finding.callout-refused.missing-header.do': 'Add {{header}} to the headers of the call.',
  'finding.callout-refused.unparsable.what': 'The headers of the call to {{cluster}} cannot be read',
  'finding.callout-refused.unparsable.why':
    'They are not serialised pairs: a count, the lengths, then names and values that each end in a zero byte. A host counts that as no headers at all, so :path is missing.',
  'finding.callout-refused.unparsable.do': 'Let the SDK serialise the headers, or compare with its encoder.',
  'finding.callout-refused.not-initialised.what': 'The Redis cluster {{cluster}} was never initialised',
  'finding.callout-refused.not-initialised.why':
    'A gateway sends commands through a client that proxy_redis_init makes for each cluster and worker. None is there for this name, so nothing was sent.',
  'finding.callout-refused.not-initialised.do':
    'Call Init of the Redis client when the configuration is read, and look at its error.',
  'finding.callout-refused.timeout.what': 'The timeout of the call to {{cluster}} is {{value}} ms',
  'finding.callout-refused.timeout.why':
    'A timeout must be below 2147483648 ms; a negative number arrives as one above that. Nothing was sent.',
  'finding.callout-refused.timeout.do': 'Give the call a timeout in milliseconds, 500 for example.',

  'finding.map-refused.what': '{{fn}} cannot reach {{map}} in {{phase}}',
  'finding.map-refused.why': 'That map is not available to {{plugin}} at this point, so nothing was read or changed.',
  'finding.map-refused.do': 'Use it in its own callback.',
  'finding.map-refused.write-after-leaving.what': '{{map}} was to be changed after the headers had left',
  'finding.map-refused.write-after-leaving.why':
    'This plugin’s header callback returned Continue (or the stream was resumed), and with that the headers went on. {{fn}} answered {{status}} and changed nothing.',
  'finding.map-refused.write-after-leaving.do':
    'Change headers in the header callback, or hold them there until the value is known.',
  'finding.map-refused.read-after-leaving.what': '{{map}} was read after the headers had left',
  'finding.map-refused.read-after-leaving.why':
    'This plugin’s header callback returned Continue, and with that the map is out of its reach. {{fn}} answered {{status}}.',
  'finding.map-refused.read-after-leaving.do':
    'Read the value in the header callback and keep it in the stream’s context.',
  'finding.map-refused.not-there.what': '{{fn}} asked for {{map}}, which is not there in {{callback}}',
  'finding.map-refused.not-there.why': 'It answered {{status}}, and nothing was read or changed.',
  'finding.map-refused.read-only.what': '{{map}} cannot be changed in {{callback}}',
  'finding.map-refused.read-only.why':
    'Maps of a call’s answer are read-only, and so is every map while proxy_on_log runs. {{fn}} answered {{status}}.',
  'finding.map-refused.read-only.do': 'Change the headers of the stream itself, in one of its own callbacks.',

  'finding.redis-answer.what': 'Redis refused {{command}}',
  'finding.redis-answer.why': '{{cluster}} answered: {{error}}',
  'finding.redis-answer.do': 'Look at the error in the callback before the value is used.',
  'finding.redis-answer.no-auth.what': 'Redis wants another login than the plugin gave',
  'finding.redis-answer.no-auth.why':
    '{{cluster}} answered {{command}} with: {{error}}. The gateway logs in with what Init was given when it connects and does not look at the answer, so the refusal shows at the first command.',
  'finding.redis-answer.no-auth.do':
    'Give Init the user name and password of the cluster (in proxyground.yaml: username, password).',
  'finding.redis-answer.not-there.what': 'Proxyground’s Redis does not know {{command}} yet',
  'finding.redis-answer.not-there.why': 'A real Redis has this command. {{cluster}} answered: {{error}}',
  'finding.redis-answer.not-there.do': 'Try the plugin without it here, or on a real gateway.',
  'finding.redis-answer.timeout.what': '{{cluster}} did not answer {{command}} in time',
  'finding.redis-answer.timeout.why':
    'The timeout given to Init passed. The gateway closes the connection, and every command that waits on it fails.',
  'finding.redis-answer.timeout.do':
    'Decide in the callback what a request does without Redis: let it pass, or refuse it.',
  'finding.redis-answer.connect-failure.what': '{{cluster}} cannot be reached',
  'finding.redis-answer.connect-failure.why':
    'The command {{command}} was taken, but no connection came about: the callback runs with an error.',
  'finding.redis-answer.connect-failure.do':
    'Decide in the callback what a request does without Redis: let it pass, or refuse it.',
  'finding.redis-answer.reset.what': '{{cluster}} closed the connection',
  'finding.redis-answer.reset.why':
    '{{command}} waited for its answer on that connection; the callback runs with an error.',
  'finding.redis-answer.reset.do':
    'Decide in the callback what a request does without Redis: let it pass, or refuse it.',
  'finding.redis-answer.protocol-error.what': '{{cluster}} does not speak Redis',
  'finding.redis-answer.protocol-error.why':
    'The cluster is another kind of service, so what it sends is no answer to {{command}}; the callback runs with an error.',
  'finding.redis-answer.protocol-error.do': 'Name the cluster of the Redis service, or give this one the kind redis.',

  'finding.redis-answer-too-late.what': 'The answer to {{command}} came when the request was over',
  'finding.redis-answer-too-late.why':
    '{{callback}} asked {{cluster}} and returned Continue, so the request went on at once. Nothing the callback of the command does can reach it now; SDKs do not even run it.',
  'finding.redis-answer-too-late.do':
    'If the answer matters, stop the headers with the status that holds the body too, and resume in the callback.',

  'finding.callout-without-timeout.what': '{{plugin}} calls {{cluster}} without a timeout',
  'finding.callout-without-timeout.why':
    'With timeout 0 the gateway waits for the answer for ever, and a paused request waits with it.',
  'finding.callout-without-timeout.do':
    'Give the call a timeout in milliseconds, and handle the 504 it then answers with.',
  'finding.property-unavailable.what': '{{path}} is not there in {{callback}}',
  'finding.property-unavailable.why': 'It answered {{status}}.',
  'finding.property-unavailable.do': 'Read it in an earlier callback and keep it.',
  'finding.property-unavailable.request-gone.why':
    'It is read from the request headers, which are out of reach once they have left; in proxy_on_log they are there again.',
  'finding.property-unavailable.request-gone.do':
    'Read it in the request headers callback and keep it in the stream’s context.',
  'finding.property-unavailable.response-not-yet.why': 'It is known only when there is a response.',
  'finding.property-unavailable.response-not-yet.do': 'Read it in a response callback or in proxy_on_log.',
  'finding.property-unavailable.at-log-only.why': 'It is known only when the stream has ended.',
  'finding.property-unavailable.at-log-only.do': 'Read it in proxy_on_log.',
  'finding.property-unavailable.no-stream.why': 'This callback belongs to the plugin as a whole, not to a request.',
  'finding.property-unavailable.no-stream.do':
    'Read it in a callback of the stream, or set the effective context first.',
  'finding.property-unavailable.renamed.why': 'Envoy removed this name in 1.33; Higress keeps it.',
  'finding.property-unavailable.renamed.do': 'Use {{now}}.',
  'finding.property-unavailable.tree.why': '{{path}} has keys that cannot be listed, so it cannot be read as a whole.',
  'finding.property-unavailable.tree.do': 'Read one value of it, such as {{path}}.headers or another key.',

  'finding.log-level-shape.what': 'get_log_level answered {{size}} bytes',
  'finding.log-level-shape.why':
    'The Higress SDK for Go reads the fourth byte and traps when there are fewer than four.',
  'finding.log-level-shape.do': 'Answer four bytes, or an error status.',

  'finding.buffer-limit.what': 'The {{variant}} body is larger than the gateway may hold back: {{status}}',
  'finding.buffer-limit.why':
    '{{plugin}} held the body with {{action}}. What is held is limited per stream: 32 KiB by default on Higress, 1 MiB on Envoy.',
  'finding.buffer-limit.do':
    'Raise the limit (Higress: set_decoder_buffer_limit), read the body in pieces, or hold it with a Watermark status.',
  'finding.buffer-limit.response.do':
    'Raise the limit (Higress: set_encoder_buffer_limit), read the body in pieces, or hold it with a Watermark status.',
  'finding.buffer-refused.what': '{{fn}} cannot write there',
  'finding.buffer-refused.why': 'Nothing was changed.',
  'finding.buffer-refused.do': 'Replace the whole body, or put data before or after it.',
  'finding.buffer-refused.middle.what': 'A body cannot be changed from byte {{start}} on',
  'finding.buffer-refused.middle.why':
    'The body has {{length}} bytes. A host replaces from the start, puts data before the start, or adds at the end; a place in the middle is refused.',
  'finding.buffer-refused.read-only.what': '{{buffer}} cannot be changed',
  'finding.buffer-refused.read-only.why': 'Configurations and the body of a call’s answer are for reading only.',
  'finding.buffer-refused.read-only.do': 'Change the body of the stream, in its body callback.',
  'finding.buffer-refused.not-there.what': '{{buffer}} is not there in {{callback}}',
  'finding.buffer-refused.not-there.why':
    'A body can be changed in its own body callback, or while this plugin holds it.',
  'finding.buffer-refused.not-there.do': 'Write it in the body callback.',
  'finding.bad-memory.what': '{{fn}} was given memory it cannot use',
  'finding.bad-memory.why': 'The host call did nothing and answered InvalidMemoryAccess.',
  'finding.bad-memory.do': 'Let the SDK pass the pointer and the length.',
  'finding.bad-memory.pointer.what': '{{fn}} was given a pointer outside of the memory ({{argument}})',
  'finding.bad-memory.pointer.why':
    '{{argument}} begins at {{pointer}} and has {{size}} bytes; the guest’s memory ends before that.',
  'finding.bad-memory.allocator.what': 'The guest’s allocator failed in {{fn}}',
  'finding.bad-memory.allocator.why':
    'A host asks the guest for memory to write a result into (malloc or proxy_on_memory_allocate). It gave none that can be used: {{detail}}.',
  'finding.bad-memory.allocator.do': 'Look at the allocator, or at what used up the memory.',
  'finding.unparsable-pairs.what': 'The headers given to {{fn}} cannot be read',
  'finding.unparsable-pairs.why': 'A host takes pairs that it cannot parse as an empty list, and still answers Ok.',
  'finding.unparsable-pairs.do': 'Let the SDK serialise the headers.',
  'finding.unknown-context.what': 'Context {{id}} does not exist any more',
  'finding.unknown-context.why':
    'Its stream has ended. What follows in {{callback}} acts on the plugin’s root, not on that stream.',
  'finding.unknown-context.do': 'Look at the result of set_effective_context and stop there.',
  'finding.not-implemented.what': '{{fn}} is not in Proxyground yet',
  'finding.not-implemented.why':
    'It answered Unimplemented, which a real gateway would not do. From here on the run differs from a real one.',
  'finding.not-implemented.do': 'Do not trust what follows from this call.',
  'finding.not-implemented.service.what': '{{cluster}} is of kind {{kind}}, which Proxyground cannot run yet',
  'finding.not-implemented.service.why': 'The connection was refused here; a real service would have answered.',
  'finding.not-implemented.service.do': 'Use a cluster of kind fixed or rules in its place.',
} as const
