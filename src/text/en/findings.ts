/**
 * Explanations. A finding has three parts: what happened, why, and what to do (ui/README.md "Explanations"); a variant
 * may replace any of them. Then the words for statuses, host functions, callbacks and actions.
 */
export const findings = {
  'finding.word.request': 'request',
  'finding.word.response': 'response',
  'finding.word.gateway': 'The gateway',
  'finding.word.and': ', ',
  'finding.at': '{{what}} At {{file}}:{{line}}.',

  'finding.hung.what': '{{plugin}} holds the {{direction}}, and nothing resumes it',
  'finding.hung.why':
    '{{callback}} returned {{sdkName}}. Nothing is under way that could call continue for this stream.',
  'finding.hung.do': 'Return Continue on this path, or start something whose callback resumes the stream.',
  'finding.hung.probable':
    'Other things go on in this run, ticks for example, but none of them resumed the stream while the run waited.',
  'finding.hung.answered.what':
    '{{plugin}} still holds the {{direction}}: {{cluster}} answered, and nothing resumed it',
  'finding.hung.answered.why':
    '{{callback}} returned {{sdkName}} to wait for {{cluster}}. Its answer ({{answer}}) reached the plugin, and the callback ended without a continue and without a local reply.',
  'finding.hung.answered.do':
    'Resume, or send a local reply, in every branch of the answer’s callback: the branches for errors too.',
  'finding.hung.refused.what': '{{plugin}} holds the {{direction}} for a call that was never sent',
  'finding.hung.refused.why':
    'The call to {{cluster}} was refused at once ({{status}}), so its callback will not run. {{callback}} returned {{sdkName}} all the same.',
  'finding.hung.refused.do': 'Look at the error of the call: when it failed, return Continue or send a local reply.',
  'finding.hung.open.what': '{{plugin}} holds the {{direction}} until {{cluster}} answers, and it never does',
  'finding.hung.open.why': 'The call to {{cluster}} has no timeout that ended it, and the service sent nothing.',
  'finding.hung.open.do': 'Give the call a timeout. The callback then runs with status 504 and can decide.',
  'finding.hung.no-body.what': '{{plugin}} holds the {{direction}} headers for a body that does not come',
  'finding.hung.no-body.why':
    '{{callback}} returned {{sdkName}} with the end of the stream already seen. A message without body has no body callback, so nothing releases the headers.',
  'finding.hung.no-body.do': 'Stop only when there is a body: look at the callback’s end of stream first.',
  'finding.hung.body-end.what': '{{plugin}} keeps the {{direction}} body after its last piece',
  'finding.hung.body-end.why':
    '{{callback}} returned {{sdkName}} at the end of the stream. No further body callback comes, and no call was under way.',
  'finding.hung.body-end.do': 'Return Continue when the end of the stream is reached.',
  'finding.hung.upstream.what': '{{cluster}} does not answer, and no timeout ends the wait',
  'finding.hung.upstream.why': 'No plugin holds this stream: the gateway waits for the upstream’s {{direction}}.',
  'finding.hung.upstream.do': 'Give the route a timeout, or let the service answer.',

  'finding.header-stop-released.what': '{{plugin}} stopped the headers, but its body callback let the {{direction}} go',
  'finding.header-stop-released.why':
    'In a module with ABI 0_2_100, {{sdkName}} holds the headers only: the body still reaches {{plugin}}, and Continue from there releases both. {{cluster}} had not answered yet, so its callback changes nothing any more.',
  'finding.header-stop-released.do': 'Return {{wanted}}: it holds headers and body until the stream is resumed.',

  'finding.header-stop-converted.what': '{{sdkName}} from {{callback}} means StopAllIterationAndWatermark here',
  'finding.header-stop-converted.why':
    'For ABI {{abi}} on this gateway the number 1 from a header callback is turned into 4: headers and body are held until the stream is resumed.',
  'finding.header-stop-converted.do':
    'Nothing, if that is what you mean. In a module with ABI 0_2_100 the same number holds the headers only.',

  'finding.trap.what': '{{plugin}} trapped in {{callback}}: {{kind}}',
  'finding.trap.why':
    'A trap ends the whole VM: every plugin and every stream in it counts as failed from here on. The gateway says: {{message}}.',
  'finding.trap.do': 'Start at {{function}}, the innermost function of the stack.',
  'finding.trap.stack-overflow.why':
    'The stack of the VM ran out, in most cases by a function that calls itself. The whole VM counts as failed from here on.',
  'finding.trap.out-of-memory.why':
    'The guest asked for more memory than its limit. The whole VM counts as failed from here on.',
  'finding.trap.restricted-callback.why':
    'While the module starts (_initialize, _start or main) a host allows logging and a few system functions only; every other host call traps.',
  'finding.trap.restricted-callback.do': 'Move the call into a callback, on_configure for example.',
  'finding.trap.host-abort.why': 'The host ended the call on its own: {{message}}',
  'finding.trap.go-panic.what': '{{plugin}} panicked in {{callback}}: {{message}}',
  'finding.trap.go-panic.why':
    'Nothing recovered this panic, so it ended the whole VM: every plugin and every stream in it counts as failed from here on.',
  'finding.trap.go-fatal.what': 'Go gave up in {{callback}} of {{plugin}}: {{message}}',
  'finding.trap.go-fatal.why':
    'No recover can catch a fatal error of Go’s runtime. It ended the whole VM: every plugin and every stream in it counts as failed from here on.',
  'finding.trap.go-not-registered.what': '{{plugin}} registers in main, which never runs',
  'finding.trap.go-not-registered.why':
    'A Go module built with -buildmode=c-shared runs its init functions and nothing else. With TinyGo, main would have run.',
  'finding.trap.go-not-registered.do': 'Move the body of main into func init() and leave main empty.',

  'finding.recovered-panic.what': '{{plugin}} panicked in {{callback}}, and the SDK caught it: {{message}}',
  'finding.recovered-panic.why':
    'The callback then answered Continue, and the request went on as if the plugin had done nothing.',
  'finding.recovered-panic.do':
    'Start at {{function}}. With WASM_DISABLE_PANIC_RECOVERY=true in the plugin’s environment such a panic ends the VM instead.',

  'finding.callout-refused.what': 'The call to {{cluster}} was refused: {{status}}',
  'finding.callout-refused.why': 'Nothing was sent, so the callback of this call will not run.',
  'finding.callout-refused.do': 'Handle the error where the call is made: continue, or send a local reply.',
  'finding.callout-refused.unknown-cluster.what': 'No cluster is named {{cluster}}',
  'finding.callout-refused.unknown-cluster.why':
    'A call goes to a cluster by its exact name. Known here: {{known}}. Nothing was sent, so the callback will not run.',
  'finding.callout-refused.unknown-cluster.do':
    'Use a known name, or add the cluster to proxyground.yaml. Nearest: {{nearest}}',
  'finding.callout-refused.static-port.what': 'No cluster is named {{cluster}}',
  'finding.callout-refused.static-port.why':
    'A static service gets port 80 in its cluster name, whatever port it listens on. Nothing was sent, so the callback will not run.',
  'finding.callout-refused.static-port.do': 'Use {{nearest}}.',
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

  'finding.stale-length.what': 'The {{direction}} body has {{actual}} bytes, its content-length says {{length}}',
  'finding.stale-length.why':
    '{{plugin}} changed the body in {{callback}}. The gateway does not correct content-length, and the header had left with the old number.',
  'finding.stale-length.do': 'Remove content-length in the header callback: the body is then sent in chunks.',
  'finding.stale-length.longer.why':
    '{{plugin}} changed the body in {{callback}}. The gateway does not correct content-length: the receiver takes {{length}} bytes and cannot read the rest.',
  'finding.stale-length.shorter.why':
    '{{plugin}} changed the body in {{callback}}. The gateway does not correct content-length: the receiver waits for {{length}} bytes that do not come.',

  'finding.body-skipped.what': '{{callback}} of {{plugin}} did not run',
  'finding.body-skipped.why':
    'This {{direction}} has no body: its headers ended the stream, and then there is no body callback.',
  'finding.body-skipped.do': 'Do in the header callback what must happen without a body; its end of stream tells.',
  'finding.body-skipped.content-encoding.what':
    '{{plugin}} left this {{direction}} body alone (content-encoding: {{encoding}})',
  'finding.body-skipped.content-encoding.why':
    'Its callback ran and read nothing. The Higress SDKs skip body handlers when the message has a content-encoding.',
  'finding.body-skipped.content-encoding.do':
    'Remove accept-encoding from the request, so that the upstream answers in plain text.',
  'finding.body-skipped.content-encoding-only.what': 'The {{direction}} body came with content-encoding: {{encoding}}',
  'finding.body-skipped.content-encoding-only.why':
    '{{callback}} ran and read nothing. If {{plugin}} has a handler for this body, the Higress SDK skipped it: it does so for every content-encoding.',
  'finding.body-skipped.content-encoding-only.do':
    'Remove accept-encoding from the request, so that the upstream answers in plain text.',

  'finding.no-rule-matched.what': 'No rule of {{plugin}} matches this request',
  'finding.no-rule-matched.why':
    'It has {{count}} rules and no configuration of its own, and none of them names the host {{authority}}, the route {{route}} or the service of {{cluster}}. The SDK then skips its handlers.',
  'finding.no-rule-matched.do': 'Add a rule for this request, or a defaultConfig for all others.',
  'finding.rule-matched.what': 'Rule {{rule}} of {{plugin}} took this request',
  'finding.rule-matched.why': 'It is the first rule that matches: {{pattern}}.',
  'finding.rule-matched.do': 'The first match wins: a rule that should win for such requests stands before it.',
  'finding.rule-matched.route.why':
    'Its route {{pattern}} is the route of this request, and no rule before it matches.',
  'finding.rule-matched.domain.why':
    'Its domain {{pattern}} covers the host {{authority}}, and no rule before it matches.',
  'finding.rule-matched.service.why':
    'Its service {{pattern}} is the one behind {{cluster}}, and no rule before it matches.',
  'finding.rule-matched.route-prefix.why':
    'The route {{route}} begins with its prefix {{pattern}}, and no rule before it matches.',
  'finding.rule-matched.global.what': 'The default configuration of {{plugin}} applies to this request',
  'finding.rule-matched.global.why':
    'None of its {{count}} rules names the host {{authority}}, the route {{route}} or the service of {{cluster}}.',
  'finding.resume-after-reply.what': '{{plugin}} resumed a request that it had answered with {{status}}',
  'finding.resume-after-reply.why':
    'After a local reply the request is over: resuming it does nothing, and code behind the reply may undo what the reply was for.',
  'finding.resume-after-reply.do': 'Return right after the reply, and resume only on the other path.',

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
  'finding.matcher-disabled.what': '{{plugin}} does nothing in this request: its rule matcher gave up',
  'finding.matcher-disabled.why':
    'The Higress SDK reads {{name}} to find the configuration. It answered {{status}}, and then every later callback continues in silence.',
  'finding.matcher-disabled.do': 'Keep that value readable for the plugin.',
  'finding.matcher-disabled.authority.why':
    'The Higress SDK reads :authority first, even without rules. It answered {{status}}, and then every later callback continues in silence.',
  'finding.matcher-disabled.authority.do': 'Look for what removed :authority before this plugin.',

  'finding.local-reply-lost.what': 'A second local reply ({{status}}) was ignored',
  'finding.local-reply-lost.why':
    'The stream already has a reply. The first one wins, and the host call answers Ok all the same.',
  'finding.local-reply-lost.do': 'Return right after the first reply.',
  'finding.local-reply-lost.too-late.what': 'The local reply {{status}} came too late, and the stream was reset',
  'finding.local-reply-lost.too-late.why':
    'The response headers were already on their way to the client. There is no second response, so the connection is cut.',
  'finding.local-reply-lost.too-late.do':
    'Reply before the response headers go on: in the request, or in the response headers callback.',

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

  'finding.module-rejected.what': '{{plugin}} was not loaded: {{message}}',
  'finding.module-rejected.why':
    'A real gateway rejects the configuration with this text, and no traffic goes through the plugin.',
  'finding.module-rejected.do': 'Build the module again and look at the build’s messages.',
  'finding.module-rejected.not-wasm.why': 'The file does not begin with the four bytes of a wasm module.',
  'finding.module-rejected.not-wasm.do': 'Give the compiled .wasm file, not its source or an archive of it.',
  'finding.module-rejected.truncated.why':
    'A section of the module ends before its length says. The file was cut or damaged.',
  'finding.module-rejected.truncated.do': 'Copy or build the file again.',
  'finding.module-rejected.no-abi-marker.why':
    'A plugin exports a function named proxy_abi_version_… that tells the host its version. This module has none, so it was not built with a proxy-wasm SDK, or the export was stripped.',
  'finding.module-rejected.no-abi-marker.do':
    'Build with an SDK, and as a library: a plain program does not export it.',
  'finding.module-rejected.higress-abi.why':
    'The marker 0_2_100 is known to Higress only. Upstream Envoy does not load such a module.',
  'finding.module-rejected.higress-abi.do': 'Choose a Higress profile, or build with an SDK that exports 0_2_1.',
  'finding.module-rejected.unknown-abi.why': 'The marker {{marker}} names a version that no host knows.',
  'finding.module-rejected.unknown-abi.do': 'Build with an SDK that exports 0_2_1 (or 0_2_100 for Higress).',
  'finding.module-rejected.command-module.why':
    'The module is a program with _start: it runs once and exits. A plugin must stay loaded and export its callbacks.',
  'finding.module-rejected.command-module.do':
    'Build it as a library: for Go add -buildmode=c-shared and register in init().',
  'finding.module-rejected.no-allocator.why':
    'A host writes values into the guest through malloc or proxy_on_memory_allocate, and the module exports neither.',
  'finding.module-rejected.no-allocator.do': 'Use an SDK that exports one of them.',
  'finding.module-rejected.no-memory.why': 'The module exports no memory, so a host cannot pass it anything.',
  'finding.module-rejected.no-memory.do': 'Export the memory under the name memory.',
  'finding.module-rejected.start-failed.why': 'The module trapped while it started, before any callback of the plugin.',
  'finding.module-rejected.start-failed.do': 'Look at the log lines and the stack above; registration code runs here.',
  'finding.module-rejected.configure-failed.why':
    'proxy_on_configure returned false or trapped. A real gateway rejects the configuration and keeps the one before it.',
  'finding.module-rejected.configure-failed.do':
    'Look at the plugin’s log lines: most parsers say there what they missed.',
  'finding.module-rejected.vm-start-failed.why': 'proxy_on_vm_start returned false or trapped.',
  'finding.module-rejected.vm-start-failed.do': 'Look at the plugin’s log lines before this event.',
  'finding.module-rejected.missing-import.why':
    'The module asks for {{module}}.{{name}}, which no host of this profile offers.',
  'finding.module-rejected.missing-import.do': 'Remove the library that needs it, or build for another target.',
  'finding.module-rejected.higress-import.why': '{{name}} is an addition of Higress; upstream Envoy does not have it.',
  'finding.module-rejected.higress-import.do': 'Choose a Higress profile.',
  'finding.module-rejected.unknown-wasi.why':
    'The host offers a part of WASI preview 1 only, and {{name}} is not in it.',
  'finding.module-rejected.unknown-wasi.do':
    'Find the library that uses it: sockets, processes and signals are not there for plugins.',
  'finding.module-rejected.assemblyscript-abort.why':
    'AssemblyScript calls env.abort when something fails, and a plugin host has no such function.',
  'finding.module-rejected.assemblyscript-abort.do':
    'Compile with --use abort=abort_proc_exit, which our SDK provides.',
  'finding.module-rejected.import-type.why':
    '{{module}}.{{name}} is declared as {{actual}}; the host has {{expected}}.',
  'finding.module-rejected.import-type.do': 'Correct the declaration, or use the SDK’s.',
  'finding.module-rejected.imported-memory.why': 'The module wants its memory from outside; a plugin brings its own.',
  'finding.module-rejected.imported-memory.do': 'Build without imported memory (no --import-memory).',
  'finding.module-rejected.imported-table.why': 'The module wants its table from outside; a plugin brings its own.',
  'finding.module-rejected.imported-table.do': 'Build without an imported table.',
  'finding.module-rejected.imported-global.why': 'The module imports the global {{name}}; hosts offer functions only.',
  'finding.module-rejected.imported-global.do': 'Build it as a module of its own, without dynamic linking.',
  'finding.module-rejected.bad-signature.why': '{{name}} is exported as {{actual}}; a host calls it as {{expected}}.',
  'finding.module-rejected.bad-signature.do': 'Correct the parameters of that callback.',
  'finding.module-rejected.engine.why': 'The wasm engine refuses the module: {{detail}}',
  'finding.module-rejected.engine.do': 'Build again; if it stays so, the module uses a feature that this engine lacks.',
  'finding.module-rejected.not-built.what': '{{plugin}} is not built yet',
  'finding.module-rejected.not-built.why': '{{detail}}',
  'finding.module-rejected.not-built.do': 'Build the plugin, or give its compiled module.',

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
  'finding.guest-slept.what': '{{plugin}} slept {{milliseconds}} ms in {{callback}}',
  'finding.guest-slept.why':
    'A gateway runs a plugin on the worker’s own thread. Every connection of that worker stands still while it sleeps.',
  'finding.guest-slept.do': 'Use a tick, or the timeout of a call, and resume from there.',
  'finding.log-hidden.what': 'Log lines of {{plugin}} that the level hides: {{count}} ({{levels}})',
  'finding.log-hidden.why': 'The host filters by level; the call answers Ok whether or not the line is printed.',
  'finding.log-hidden.do': 'Set logLevel in proxyground.yaml to see them as a gateway would print them.',
  'finding.not-implemented.what': '{{fn}} is not in Proxyground yet',
  'finding.not-implemented.why':
    'It answered Unimplemented, which a real gateway would not do. From here on the run differs from a real one.',
  'finding.not-implemented.do': 'Do not trust what follows from this call.',
  'finding.not-implemented.service.what': '{{cluster}} is of kind {{kind}}, which Proxyground cannot run yet',
  'finding.not-implemented.service.why': 'The connection was refused here; a real service would have answered.',
  'finding.not-implemented.service.do': 'Use a cluster of kind fixed or rules in its place.',
  'finding.run-cut.what': 'The run was cut short',
  'finding.run-cut.why': '{{detail}}',
  'finding.run-cut.do': 'Make the scenario smaller.',
  'finding.run-cut.events-dropped.what': 'The trace is full: {{count}} events were not kept',
  'finding.run-cut.events-dropped.why': 'What they would have shown is not part of these explanations.',
  'finding.run-cut.deadline.what': 'The time limit ended the run',
  'finding.run-cut.deadline.why':
    'A callback did not come back in time. A real gateway has no such limit: its worker would be stuck.',
  'finding.run-cut.deadline.do': 'Look for a loop that does not end in the last callback of the trace.',
  'finding.run-cut.loop-bound.what': 'The run went round in a circle and was stopped',
  'finding.run-cut.loop-bound.why': 'Each round starts the next one without time going by: {{detail}}',
  'finding.run-cut.loop-bound.do': 'End the chain of calls, or let time pass between them.',

  'status.Ok': 'The host did it.',
  'status.NotFound': 'There is nothing under that name: key, property, queue, metric or function.',
  'status.BadArgument': 'An argument is wrong, or what it names cannot be reached in this phase.',
  'status.SerializationFailure': 'The value is there but cannot be turned into bytes.',
  'status.ParseFailure': 'The host could not parse what it was given.',
  'status.BadExpression': 'The expression is not valid.',
  'status.InvalidMemoryAccess': 'A pointer or length lies outside of the guest’s memory, or its allocator failed.',
  'status.Empty': 'The queue is empty.',
  'status.CasMismatch': 'Someone else changed the value since it was read; nothing was stored.',
  'status.ResultMismatch': 'The result has another form than expected.',
  'status.InternalFailure': 'The host could not do it, for example because no host of the cluster can be reached.',
  'status.BrokenConnection': 'The connection broke.',
  'status.Unimplemented': 'This host does not have that function.',
  'status.success': 'Done.',
  'status.badf': 'No such file descriptor. A plugin has only 1 (info) and 2 (error), and no files.',
  'status.exist': 'The host’s answer to reading a directory; a plugin has none.',
  'status.fault': 'A pointer lies outside of the guest’s memory.',
  'status.inval': 'An argument is out of range.',
  'status.noent': 'There is no such file; a plugin has no files.',
  'status.nosys': 'The host does not have this system function.',
  'status.notsup': 'The host does not support this.',

  'hostcall.proxy_log': 'Writes a line to the gateway’s log.',
  'hostcall.proxy_get_log_level': 'Asks which log level the gateway prints from.',
  'hostcall.proxy_get_current_time_nanoseconds': 'Reads the clock.',
  'hostcall.proxy_set_tick_period_milliseconds': 'Asks to be called every so many milliseconds; 0 ends it.',
  'hostcall.proxy_get_status': 'Asks why the last call of this plugin failed.',
  'hostcall.proxy_done': 'Tells the host that the plugin has finished shutting down.',
  'hostcall.proxy_get_header_map_value': 'Reads the first value of a header or trailer.',
  'hostcall.proxy_get_header_map_pairs': 'Reads all headers or trailers of a map.',
  'hostcall.proxy_get_header_map_size': 'Counts the bytes of names and values in a map.',
  'hostcall.proxy_add_header_map_value': 'Adds a header beside those of the same name.',
  'hostcall.proxy_replace_header_map_value': 'Sets a header, in place of all of that name.',
  'hostcall.proxy_remove_header_map_value': 'Removes every header of that name.',
  'hostcall.proxy_set_header_map_pairs': 'Replaces the whole map, pseudo headers included.',
  'hostcall.proxy_get_buffer_bytes': 'Reads a body, a configuration or the body of a call’s answer.',
  'hostcall.proxy_get_buffer_status': 'Asks how long a buffer is.',
  'hostcall.proxy_set_buffer_bytes': 'Replaces a body, or puts data before or after it.',
  'hostcall.proxy_get_property': 'Reads an attribute of the request, the connection or the plugin.',
  'hostcall.proxy_set_property': 'Stores a value with the stream, for other plugins and the access log.',
  'hostcall.proxy_continue_stream': 'Resumes what this plugin holds. It happens when the callback has returned.',
  'hostcall.proxy_close_stream': 'Resets the stream: the client gets no response.',
  'hostcall.proxy_continue_request': 'Resumes the request (the name in ABI 0_1_0).',
  'hostcall.proxy_continue_response': 'Resumes the response (the name in ABI 0_1_0).',
  'hostcall.proxy_clear_route_cache': 'Lets the gateway choose the route anew.',
  'hostcall.proxy_send_local_response': 'Answers the client from here; the upstream is not asked.',
  'hostcall.proxy_get_configuration': 'Reads the configuration (ABI 0_1_0).',
  'hostcall.proxy_get_shared_data': 'Reads a value that all VMs of the same vm_id share, with its version.',
  'hostcall.proxy_set_shared_data': 'Stores a shared value; a version other than 0 must be the current one.',
  'hostcall.proxy_register_shared_queue': 'Opens a queue and asks to be told of new items.',
  'hostcall.proxy_resolve_shared_queue': 'Finds a queue that another plugin registered.',
  'hostcall.proxy_dequeue_shared_queue': 'Takes the next item of a queue.',
  'hostcall.proxy_enqueue_shared_queue': 'Puts an item into a queue.',
  'hostcall.proxy_define_metric': 'Defines a counter, gauge or histogram and gives its id.',
  'hostcall.proxy_increment_metric': 'Adds to a counter or gauge.',
  'hostcall.proxy_record_metric': 'Adds to a counter, sets a gauge, records into a histogram.',
  'hostcall.proxy_get_metric': 'Reads a counter or gauge.',
  'hostcall.proxy_http_call': 'Sends an HTTP request to a cluster; the answer comes in a callback later.',
  'hostcall.proxy_grpc_call': 'Makes one gRPC call; the answer comes in a callback.',
  'hostcall.proxy_grpc_stream': 'Opens a gRPC stream.',
  'hostcall.proxy_grpc_send': 'Sends a message on a gRPC stream.',
  'hostcall.proxy_grpc_cancel': 'Ends a gRPC call without a callback.',
  'hostcall.proxy_grpc_close': 'Closes this side of a gRPC stream.',
  'hostcall.proxy_redis_init': 'Sets credentials and timeout for a Redis cluster (Higress).',
  'hostcall.proxy_redis_call': 'Sends a Redis command; the answer comes in a callback (Higress).',
  'hostcall.proxy_inject_encoded_data_to_filter_chain': 'Sends a piece of response body on from here (Higress).',
  'hostcall.proxy_get_upstream_hosts': 'Lists the hosts of the route’s cluster with their state (Higress).',
  'hostcall.proxy_set_upstream_override_host': 'Chooses the host the request goes to (Higress).',
  'hostcall.proxy_set_effective_context': 'Says which stream the following host calls are for.',
  'hostcall.proxy_call_foreign_function': 'Calls an extra function of this gateway by name.',
  'hostcall.envoy_resolve_dns': 'Looks up a name; the answer comes in a callback (Envoy).',
  'hostcall.fd_write': 'Prints to standard output (info) or error (error).',
  'hostcall.clock_time_get': 'Reads the clock.',
  'hostcall.poll_oneoff': 'Sleeps. A gateway’s worker stands still meanwhile.',
  'hostcall.random_get': 'Gets random bytes, here from the project’s seed.',
  'hostcall.proc_exit': 'Asks to exit; a plugin host just returns to the guest.',

  'callback._initialize': 'The module starts: globals and registrations are set up.',
  'callback._start': 'The module starts as a program.',
  'callback.main': 'The program’s main function runs at start.',
  'callback.malloc': 'The host asks the guest for memory to write a result into.',
  'callback.proxy_on_memory_allocate': 'The host asks the guest for memory to write a result into.',
  'callback.proxy_on_context_create': 'A context begins: the plugin’s root, or one stream.',
  'callback.proxy_on_vm_start': 'The VM has started; its configuration can be read.',
  'callback.proxy_on_configure': 'The plugin’s configuration is here; false rejects it.',
  'callback.proxy_on_tick': 'The timer ran out.',
  'callback.proxy_on_request_headers': 'The request’s headers arrived at this plugin.',
  'callback.proxy_on_request_body': 'A piece of the request body arrived, or all that is held.',
  'callback.proxy_on_request_trailers': 'The request’s trailers arrived.',
  'callback.proxy_on_request_metadata': 'HTTP/2 metadata of the request arrived.',
  'callback.proxy_on_response_headers': 'The response’s headers arrived at this plugin.',
  'callback.proxy_on_response_body': 'A piece of the response body arrived, or all that is held.',
  'callback.proxy_on_response_trailers': 'The response’s trailers arrived.',
  'callback.proxy_on_response_metadata': 'HTTP/2 metadata of the response arrived.',
  'callback.proxy_on_http_call_response': 'The answer to an HTTP call of this plugin is here.',
  'callback.proxy_on_redis_call_response': 'The answer to a Redis command is here.',
  'callback.proxy_on_grpc_receive_initial_metadata': 'The headers of a gRPC answer are here.',
  'callback.proxy_on_grpc_receive': 'A gRPC message is here.',
  'callback.proxy_on_grpc_receive_trailing_metadata': 'The trailers of a gRPC answer are here.',
  'callback.proxy_on_grpc_close': 'A gRPC call or stream ended.',
  'callback.proxy_on_queue_ready': 'A shared queue has a new item.',
  'callback.proxy_on_foreign_function': 'An extra function of the gateway calls back.',
  'callback.proxy_on_new_connection': 'A TCP connection was opened.',
  'callback.proxy_on_downstream_data': 'Data came from the TCP client.',
  'callback.proxy_on_upstream_data': 'Data came from the TCP service.',
  'callback.proxy_on_downstream_connection_close': 'The TCP client’s connection was closed.',
  'callback.proxy_on_upstream_connection_close': 'The TCP service’s connection was closed.',
  'callback.proxy_on_log': 'The stream has ended: everything can be read, nothing changed.',
  'callback.proxy_on_done': 'The context is about to end.',
  'callback.proxy_on_delete': 'The context is gone.',

  'action.Continue': 'Goes on to the next filter.',
  'action.StopIteration':
    'Holds the headers here; the body still comes to this plugin, and Continue from there releases both.',
  'action.StopAllIterationAndBuffer':
    'Holds headers and body here until the stream is resumed; too large a body is refused.',
  'action.StopAllIterationAndWatermark':
    'Holds headers and body here until the stream is resumed; a large body makes the sender wait.',
  'action.StopIterationAndBuffer': 'Keeps this piece and collects the rest; too large a body is refused.',
  'action.StopIterationAndWatermark': 'Keeps this piece and collects the rest; a large body makes the sender wait.',
  'action.StopIterationNoBuffer': 'Drops this piece, unless the plugin kept it, and holds what follows.',
} as const
