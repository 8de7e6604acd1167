/** Explanations of what became of a stream, and of the callbacks that had it (the three parts: findings.ts). */
export const streamFindings = {
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

  'finding.stale-length.what': 'The {{direction}} body has {{actual}} bytes, its content-length says {{length}}',
  'finding.stale-length.why':
    '{{plugin}} changed the body in {{callback}}. The gateway does not correct content-length, and the header had left with the old number.',
  'finding.stale-length.do': 'Remove content-length in the header callback: the body is then sent in chunks.',
  'finding.stale-length.longer.why':
    '{{plugin}} changed the body in {{callback}}. The gateway does not correct content-length: the receiver takes {{length}} bytes and cannot read the rest.',
  'finding.stale-length.shorter.why':
    '{{plugin}} changed the body in {{callback}}. The gateway does not correct content-length: the receiver waits for {{length}} bytes that do not come.',

  'finding.kills-envoy.what': 'This call ends a real Envoy',
  'finding.kills-envoy.why':
    'Envoy 1.40 and 1.36 crash here: the process ends, and every connection with it. The emulator goes on.',
  'finding.kills-envoy.do': 'Take the call out.',
  'finding.kills-envoy.response-not-there.why':
    '{{plugin}} continues the response in {{callback}}, and there is no response yet. Envoy 1.40 and 1.36 crash here: the process ends, and every connection with it. The emulator does nothing.',
  'finding.kills-envoy.response-not-there.do':
    'Before the response has come, continue the request (stream 0; wasm-go: proxywasm.ResumeHttpRequest).',
  'finding.kills-envoy.reply-at-the-end.what': 'A local reply in {{callback}} ends a real Envoy',
  'finding.kills-envoy.reply-at-the-end.why':
    'The stream has ended, nobody is left to answer. Envoy 1.40 and 1.36 crash here: the process ends, and every connection with it. The emulator does nothing.',
  'finding.kills-envoy.reply-at-the-end.do':
    'Reply in a header or body callback, or in the answer of a call that was made there.',
  'finding.kills-envoy.close-at-the-end.what': 'Closing the stream in {{callback}} ends a real Envoy',
  'finding.kills-envoy.close-at-the-end.why':
    'The stream has ended. Envoy 1.40 and 1.36 call the plugin again and again until they crash: the process ends, and every connection with it. The emulator does nothing.',
  'finding.kills-envoy.close-at-the-end.do': 'Leave it out here: there is nothing left to close.',
  'finding.kills-envoy.close-after-reply.what': 'Closing the stream after a local reply ends a real Envoy',
  'finding.kills-envoy.close-after-reply.why':
    'In the response phase the reply has ended the stream already. Envoy 1.40 and 1.36 crash here: the process ends, and every connection with it. The emulator resets the stream.',
  'finding.kills-envoy.close-after-reply.do': 'Leave close_stream out: the reply ends the stream.',
  'finding.kills-envoy.ended-twice.what': 'Ending the stream twice in {{callback}} ends a real Envoy',
  'finding.kills-envoy.ended-twice.why':
    'In the response phase the first reply or close has ended the stream already. Envoy 1.40 and 1.36 crash here: the process ends, and every connection with it. The emulator takes the first one.',
  'finding.kills-envoy.ended-twice.do': 'Return right after the first one.',
  'finding.kills-envoy.continue-in-trailers.what': 'Continuing the response in {{callback}} ends a real Envoy',
  'finding.kills-envoy.continue-in-trailers.why':
    'The trailers are under way already, and Envoy 1.40 and 1.36 crash when they are sent a second time: the process ends, and every connection with it. Here the call does nothing.',
  'finding.kills-envoy.continue-in-trailers.do': 'Return Continue: that lets the trailers go on.',
  'finding.kills-envoy.close-in-trailers.what': 'Closing the stream in {{callback}} ends a real Envoy 1.36',
  'finding.kills-envoy.close-in-trailers.why':
    'Envoy 1.36 crashes here, 1.40 does not: the process ends, and every connection with it. Here the stream ends.',
  'finding.kills-envoy.close-in-trailers.do': 'Close the stream in an earlier callback, or let it end by itself.',
  'finding.kills-envoy.gone-body.what': '{{plugin}} touches a body that a real Envoy has given back',
  'finding.kills-envoy.gone-body.why':
    'The body callback held it without buffering it (it returned 2 or 3), and its memory is gone when that callback returns. Envoy 1.40 and 1.36 crash here, or read what happens to be there.',
  'finding.kills-envoy.gone-body.do':
    'Return Pause (1), which keeps the body until it goes on, or copy what you need inside the body callback.',
  'finding.kills-envoy.grpc-no-target.what': 'This gRPC call ends a real Envoy',
  'finding.kills-envoy.grpc-no-target.why':
    'The bytes of its service read as a GrpcService message in which no cluster is named; an empty name does so, and so does a name such as echos. Envoy 1.40 and 1.36 crash here: the process ends, and every connection with it. The emulator refuses the call.',
  'finding.kills-envoy.grpc-no-target.do':
    'Give the name of a cluster, or a GrpcService message with envoy_grpc.cluster_name.',
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

  'finding.resume-after-reply.what': '{{plugin}} resumed a request that it had answered with {{status}}',
  'finding.resume-after-reply.why':
    'After a local reply the request is over: resuming it does nothing, and code behind the reply may undo what the reply was for.',
  'finding.resume-after-reply.do': 'Return right after the reply, and resume only on the other path.',

  'finding.local-reply-lost.what': 'A second local reply ({{status}}) was ignored',
  'finding.local-reply-lost.why':
    'The stream already has a reply. The first one wins, and the host call answers Ok all the same.',
  'finding.local-reply-lost.do': 'Return right after the first reply.',
  'finding.local-reply-lost.too-late.what': 'The local reply {{status}} came too late, and the stream was reset',
  'finding.local-reply-lost.too-late.why':
    'The response headers were already on their way to the client. There is no second response, so the connection is cut.',
  'finding.local-reply-lost.too-late.do':
    'Reply before the response headers go on: in the request, or in the response headers callback.',

  'finding.guest-slept.what': '{{plugin}} slept {{milliseconds}} ms in {{callback}}',
  'finding.guest-slept.why':
    'A gateway runs a plugin on the worker’s own thread. Every connection of that worker stands still while it sleeps.',
  'finding.guest-slept.do': 'Use a tick, or the timeout of a call, and resume from there.',
  'finding.log-hidden.what': 'Log lines of {{plugin}} that the level hides: {{count}} ({{levels}})',
  'finding.log-hidden.why': 'The host filters by level; the call answers Ok whether or not the line is printed.',
  'finding.log-hidden.do': 'Set logLevel in proxyground.yaml to see them as a gateway would print them.',
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
} as const
