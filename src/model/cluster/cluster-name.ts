/** What the parts of a cluster's name mean, in every spelling of Higress (higress.md 1.8), and what is doubtful about it. */

/** Where a service comes from, read off its name; `plain` is a cluster of Envoy's own configuration. */
export type ClusterSpelling =
  | 'kubernetes'
  | 'nacos'
  | 'static'
  | 'dns'
  | 'consul'
  | 'fqdn'
  | 'plain'
  /** Neither of them: what follows from its shape stands in the doubts. */
  | 'malformed'

/** One stretch of the name. Joined in order the texts of all parts are the name again. */
export type ClusterNamePart = {
  readonly text: string
  readonly means:
    | 'separator'
    | 'direction'
    | 'port'
    /** The subset (version) of an Istio DestinationRule; its text is empty where all versions are meant. */
    | 'subset'
    | 'service'
    | 'namespace'
    | 'group'
    | 'datacenter'
    | 'host'
    | 'kubernetes'
    | 'nacos'
    | 'nacos-ext'
    | 'static'
    | 'dns'
    | 'consul'
    | 'plain'
    | 'unknown'
}

/** Why the name is probably not the one that was meant; `meant` where that can be told from the name alone. */
export type ClusterNameDoubt = {
  readonly code:
    | 'static-port'
    | 'direction'
    | 'port'
    | 'bars'
    | 'short'
    | 'address'
    | 'query'
    | 'blank'
    | 'group'
    | 'empty-label'
  readonly meant?: string
}

export type ExplainedClusterName = {
  readonly spelling: ClusterSpelling
  readonly parts: readonly ClusterNamePart[]
  readonly doubts: readonly ClusterNameDoubt[]
}

/** Explains a name part by part. Any text is taken; it need not be the name of a cluster that exists. */
export function explainClusterName(name: string): ExplainedClusterName {
  const fields = name.split('|')
  const [direction = '', port = '', subset = '', host = ''] = fields
  const doubts = doubtsOf(name, fields)
  if (fields.length !== 4) {
    const known = fields.length === 1 && doubts.length === 0
    const parts = fields.flatMap((text) => [bar, { text, means: known ? ('plain' as const) : ('unknown' as const) }])
    return { spelling: known ? 'plain' : 'malformed', parts: parts.slice(1), doubts }
  }
  const service = explainHost(host)
  const parts: readonly ClusterNamePart[] = [
    { text: direction, means: 'direction' },
    bar,
    { text: port, means: 'port' },
    bar,
    { text: subset, means: 'subset' },
    bar,
    ...service.parts,
  ]
  const broken = doubts.some(({ code }) => code === 'direction' || code === 'port' || code === 'empty-label')
  return { spelling: broken ? 'malformed' : service.spelling, parts, doubts }
}

const bar: ClusterNamePart = { text: '|', means: 'separator' }
const dot: ClusterNamePart = { text: '.', means: 'separator' }

type Host = { readonly spelling: ClusterSpelling; readonly parts: readonly ClusterNamePart[] }

/** The fourth field: a service as its registry names it. Service names may have dots, the labels behind them have none. */
function explainHost(host: string): Host {
  const labels = host.split('.')
  const last = labels.at(-1)
  const before = (count: number) => labels.slice(0, -count).join('.')
  const from = (text: string | undefined, means: ClusterNamePart['means']): ClusterNamePart => ({ text: text ?? '', means }) // biome-ignore format: one line
  if (host.endsWith('.svc.cluster.local') && labels.length > 4) {
    const kubernetes = from('svc.cluster.local', 'kubernetes')
    const parts = [from(before(4), 'service'), dot, from(labels.at(-4), 'namespace'), dot, kubernetes]
    return { spelling: 'kubernetes', parts }
  }
  if ((last === 'nacos' || last === 'nacos-ext') && labels.length > 3) {
    const place = [from(labels.at(-3), 'group'), dot, from(labels.at(-2), 'namespace')]
    return { spelling: 'nacos', parts: [from(before(3), 'service'), dot, ...place, dot, from(last, last)] }
  }
  if (last === 'consul' && labels.length > 2) {
    const parts = [from(before(2), 'service'), dot, from(labels.at(-2), 'datacenter'), dot, from(last, 'consul')]
    return { spelling: 'consul', parts }
  }
  if ((last === 'static' || last === 'dns') && labels.length > 1) {
    return { spelling: last, parts: [from(before(1), 'service'), dot, from(last, last)] }
  }
  return { spelling: 'fqdn', parts: [from(host, 'host')] }
}

function doubtsOf(name: string, fields: readonly string[]): readonly ClusterNameDoubt[] {
  const trimmed = name.trim()
  if (/\s/.test(name)) return [{ code: 'blank', ...(/\s/.test(trimmed) ? {} : { meant: trimmed }) }]
  if (name.includes('?')) return [{ code: 'query', meant: name.replace(/\?.*$/s, '') }]
  if (fields.length === 1) return ofOneWord(name)
  if (fields.length !== 4) {
    const [direction = '', port = '', ...rest] = fields
    const host = rest.filter((field) => field !== '')
    const [only] = host
    const meant = host.length === 1 && isPort(port) ? `${direction}|${port}||${only}` : undefined
    return [{ code: 'bars', ...(meant === undefined ? {} : { meant }) }]
  }
  return ofFourFields(fields)
}

function ofOneWord(name: string): readonly ClusterNameDoubt[] {
  const [, , host = '', port] = /^(\w+:\/\/)?([^/:]*)(?::(\d+))?(?:\/.*)?$/s.exec(name) ?? []
  if (host === '') return []
  const registered = /\.(static|dns|consul|nacos|nacos-ext|svc\.cluster\.local)$/.exec(host)
  const fixed = host.endsWith('.static') ? '80' : port
  if (registered !== null)
    return [{ code: 'short', ...(fixed === undefined ? {} : { meant: `outbound|${fixed}||${host}` }) }]
  return host === name ? [] : [{ code: 'address' }]
}

function ofFourFields(fields: readonly string[]): readonly ClusterNameDoubt[] {
  const [direction = '', port = '', subset = '', host = ''] = fields
  const found: ClusterNameDoubt[] = []
  const named = (changed: { direction?: string; port?: string; host?: string }) =>
    `${changed.direction ?? direction}|${changed.port ?? port}|${subset}|${changed.host ?? host}`
  if (direction !== 'outbound') found.push({ code: 'direction', meant: named({ direction: 'outbound' }) })
  if (host.endsWith('.static') && port !== '80') found.push({ code: 'static-port', meant: named({ port: '80' }) })
  else if (!isPort(port)) found.push({ code: 'port' })
  if (host.split('.').includes('')) found.push({ code: 'empty-label' })
  const group = explainHost(host).parts.find(({ means }) => means === 'group')?.text ?? ''
  if (group.includes('_')) {
    found.push({ code: 'group', meant: named({ host: host.replace(`.${group}.`, `.${group.replaceAll('_', '-')}.`) }) })
  }
  return found
}

const isPort = (text: string): boolean => /^[1-9]\d{0,4}$/.test(text) && Number(text) < 65_536
