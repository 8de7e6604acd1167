import type { Effect, SayKey } from './commands.ts'
import type { SimpleCommand } from './words.ts'

/** What the gateway documents have their readers type (workflows.md W9, W19, W32): the equivalent here, or its place. */
export function documentCommand({ words }: SimpleCommand): readonly Effect[] | undefined {
  const [name = '', sub = ''] = words
  const say = (key: SayKey, params: Readonly<Record<string, string>> = {}): Effect => ({ kind: 'say', key, params })
  const build: Effect = { kind: 'build' }
  switch (name) {
    case 'go':
      if (sub === 'build') return [say('terminal.doc.goBuild'), build]
      if (sub === 'mod' || sub === 'get' || sub === 'install')
        return [say('terminal.doc.modules', { command: `go ${sub}` })]
      if (sub === 'test') return [{ kind: 'test' }]
      if (sub === 'fmt') return [{ kind: 'format', ask: 'format' }]
      if (sub === 'vet') return [build]
      if (sub === 'version') return [{ kind: 'go-version' }]
      if (sub === 'run') return [build, { kind: 'run' }]
      return undefined
    case 'gofmt':
      return [{ kind: 'format', ask: 'format' }]
    case 'goimports':
      return [{ kind: 'format', ask: 'imports' }]
    case 'tinygo':
      return sub === 'build' ? [say('terminal.doc.tinygo'), build] : [say('terminal.doc.tinygo')]
    case 'cargo':
      if (sub === 'test') return [{ kind: 'test' }]
      return [say('terminal.doc.cargo'), build]
    case 'asc':
      return [build]
    case 'npm':
    case 'npx':
    case 'yarn':
    case 'pnpm':
      return [say('terminal.doc.package', { command: name })]
    case 'make':
      if (sub === 'test') return [{ kind: 'test' }]
      if (sub.includes('image') || sub.includes('push')) return [say('terminal.doc.makeImage')]
      return [say('terminal.doc.make'), build]
    case 'docker-compose':
      return compose(sub)
    case 'docker':
      if (sub === 'compose') return compose(words.slice(2).find((word) => !word.startsWith('-')) ?? '')
      return [say('terminal.doc.docker')]
    case 'kubectl':
    case 'helm':
    case 'hgctl':
      return [say('terminal.doc.kubectl')]
    case 'envoy':
    case 'func-e':
      return [say('terminal.doc.envoy')]
    case 'mkdir':
    case 'touch':
    case 'rm':
    case 'mv':
    case 'cp':
    case 'vi':
    case 'vim':
    case 'nano':
      return [say('terminal.doc.mkdir', { command: name })]
    case 'git':
      return [say('terminal.doc.git')]
    default:
      return undefined
  }

  function compose(verb: string): readonly Effect[] {
    if (verb === 'logs') return [{ kind: 'logs', follow: words.includes('-f') }]
    if (verb === 'up' || verb === 'restart' || verb === 'start') return [say('terminal.doc.compose'), build]
    return [say('terminal.doc.composeDown')]
  }
}
