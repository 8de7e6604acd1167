/** Words of the terminal. Commands, options and what curl itself prints stay as they are. */
export const terminal = {
  'terminal.label': 'Terminal',
  'terminal.welcome':
    'Type a curl to port 10000 (through the plugins) or 12345 (httpbin itself). help lists the commands.',
  'terminal.help':
    'curl URL             a request; ports 10000 (plugins) and 12345 (httpbin)\n                     -X -H -d --json -i -I -v -s -o -w -A -u -L -m --http2\nredis-cli COMMAND    asks the Redis of the project; -h -a --user -n\nbuild                compile the plugins\ntest                 run every scenario\nrun                  run the current scenario\nlogs [-f]            what the plugins logged; -f goes on with later runs\nexplain              what went wrong in the run, and what to do\nsleep 5s, advance    move the virtual clock\nreset                begin a new session\nexport test [NAME]   write this session as a scenario\nls, cat FILE, clear',
  'terminal.unknown': '{{name}}: not a command here. help lists what works.',
  'terminal.port':
    "curl: (7) Failed to connect to {{host}} port {{port}} after 0 ms: Couldn't connect to server\nOnly ports {{ports}} answer here.",
  'terminal.https': 'curl: (35) the ports here speak plain HTTP: use http://',
  'terminal.usage': 'usage: {{usage}}',
  'terminal.noFile': '{{command}}: {{path}}: no such file in the project',
  'terminal.redis.interactive':
    'Give the command on the same line: redis-cli get KEY. What Redis holds is also in the State tab.',
  'terminal.redis.option': 'redis-cli {{option}} is not here: -h, -a, --user and -n are.',
  'terminal.redis.none':
    'No Redis of this project answers to {{name}}. Add one under Services, or in proxyground.yaml under gateway, clusters, with kind: redis.',
  'terminal.doc.modules':
    '{{command}} is not needed: the SDKs and what they use come with this page. Export writes a go.mod with the real modules.',
  'terminal.doc.goBuild': 'Go’s own compiler and linker build it in this tab, as with -buildmode=c-shared.',
  'terminal.doc.tinygo':
    'Built with Go here; TinyGo itself is not used. With sdk: tinygo in proxyground.yaml main runs at start, as TinyGo has it.',
  'terminal.formatted': '{{path}} is formatted',
  'terminal.notGo': 'There is no Go file in the editor to format.',
  'terminal.goVersion': 'go version {{version}} wasip1/wasm, in this tab',
  'terminal.goComing': 'Go’s compiler comes with the first build of a Go plugin.',
  'terminal.doc.cargo':
    'Rust is compiled outside this tab: drop the finished wasm on the page. What compiles here is built now.',
  'terminal.doc.compose': 'The gateway is already here, on ports 10000 and 12345; the plugins are built again.',
  'terminal.doc.composeDown': 'There are no containers to stop: the gateway lives in this tab.',
  'terminal.doc.docker': 'No containers are needed: the gateway and httpbin are in this tab, on ports 10000 and 12345.',
  'terminal.doc.make': 'The plugins of this project are built in this tab; no Makefile is needed.',
  'terminal.doc.kubectl':
    'There is no cluster here: what a WasmPlugin says stands in plugins/NAME/plugin.yaml. Paste one with “Paste or open”.',
  'terminal.doc.makeImage': 'Images are not made here; the plugin runs in this tab as it is.',
  'terminal.doc.mkdir': '{{command}} is done with the files on the left.',
  'terminal.doc.envoy': 'Envoy is emulated in this tab; paste its envoy.yaml to take the configuration over.',
  'terminal.doc.git':
    'git is not here; every keystroke is saved in this browser, and a link or an export takes the project with it.',
  'terminal.doc.package': '{{command}} is not needed: the SDK and the compiler come with this page.',
  'terminal.unsupported': '{{operator}} is not supported here: one command at a time, or several with ; and &&.',
  'terminal.hang': 'the request hangs: {{plugin}} holds it and nothing can resume it.',
  'terminal.hangMore':
    'stopped waiting at {{time}} of virtual time (a real curl would not come back). see the Timeline, or type: explain',
  'terminal.deadline': '{{plugin}} did not come back from {{callback}} within {{seconds}} s; it was stopped.',
  'terminal.notRun': 'the request could not be sent: {{reason}}',
  'terminal.built': '{{plugin}} built in {{ms}} ms',
  'terminal.buildFailed': '{{plugin}} does not compile:',
  'terminal.asIs': '{{plugin}} runs as it is',
  'terminal.noPlugins': 'There is no plugin to build yet.',
  'terminal.buildUnavailable': '{{plugin}}: {{message}}',
  'terminal.noScenarios': 'There are no scenarios yet. export test writes this session as one.',
  'terminal.testPassed': 'pass  {{name}}',
  'terminal.testFailed': 'FAIL  {{name}}',
  'terminal.testSummary': '{{passed}} of {{count}} scenarios pass',
  'terminal.noLogs': 'Nothing was logged in the run on the screen.',
  'terminal.following': 'Following the logs. Ctrl+C ends it.',
  'terminal.noRun': 'Nothing has run yet.',
  'terminal.fine': 'Nothing to explain: no problem was found in this run.',
  'terminal.reset': 'A new session begins; the clock is back at its start.',
  'terminal.advanced': 'the clock moved on by {{time}}',
  'terminal.exported': 'written to {{path}}',
  'terminal.nothingToExport': 'This session has no request yet.',
  'terminal.search': '(search history)',
} as const
