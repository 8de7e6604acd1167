/** Explanations of modules that did not load, rules that matched or not, and the words findings share (the three parts: findings.ts). */
export const configFindings = {
  'finding.word.request': 'request',
  'finding.word.response': 'response',
  'finding.word.gateway': 'The gateway',
  'finding.word.and': ', ',
  'finding.at': '{{what}} At {{file}}:{{line}}.',

  'finding.configuration-unread.what': '{{plugin}} never read its configuration',
  'finding.configuration-unread.why':
    'It was handed {{size}} bytes, and no callback asked for them. The gateway passes a configuration on as it is, match rules too: choosing a rule is the work of the plugin, or of its SDK.',
  'finding.configuration-unread.do':
    'Read it in {{callback}} (buffer PluginConfiguration; wasm-go: wrapper.ParseConfig), or take the configuration out.',
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
  'finding.rule-miss.route': 'Rule {{rule}} is for the route {{patterns}}.',
  'finding.rule-miss.route-service': 'Rule {{rule}} is for this route, but for the service {{patterns}} only.',
  'finding.rule-miss.domain': 'Rule {{rule}} is for the host {{patterns}}.',
  'finding.rule-miss.service': 'Rule {{rule}} is for the service {{patterns}}.',
  'finding.rule-miss.route-prefix': 'Rule {{rule}} is for routes that begin with {{patterns}}.',
  'finding.rule-miss.more': 'Rules that do not match either and are not listed here: {{number}}.',
  'finding.matcher-disabled.what': '{{plugin}} does nothing in this request: its rule matcher gave up',
  'finding.matcher-disabled.why':
    'The Higress SDK reads {{name}} to find the configuration. It answered {{status}}, and then every later callback continues in silence.',
  'finding.matcher-disabled.do': 'Keep that value readable for the plugin.',
  'finding.matcher-disabled.authority.why':
    'The Higress SDK reads :authority first, even without rules. It answered {{status}}, and then every later callback continues in silence.',
  'finding.matcher-disabled.authority.do': 'Look for what removed :authority before this plugin.',

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
  'finding.module-rejected.configure-said.why':
    'It said: {{said}}. A real gateway rejects the configuration and keeps the one before it.',
  'finding.module-rejected.configure-said.do':
    'Correct defaultConfig or the rules in plugins/{{plugin}}/plugin.yaml, or the parser.',
  'finding.module-rejected.configure-empty.why':
    'The plugin was given no configuration, and proxy_on_configure returned false or trapped. A real gateway rejects that and keeps the one before it.',
  'finding.module-rejected.configure-empty.do': 'Write one: defaultConfig in plugins/{{plugin}}/plugin.yaml.',
  'finding.module-rejected.configure-empty-said.why':
    'The plugin was given no configuration, and said: {{said}}. A real gateway rejects that and keeps the one before it.',
  'finding.module-rejected.configure-empty-said.do': 'Write one: defaultConfig in plugins/{{plugin}}/plugin.yaml.',
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
} as const
