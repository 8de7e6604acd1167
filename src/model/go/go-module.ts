/** The `go.mod` that goes with a Go plugin when it leaves: it names the real modules, not our own (`sdk/go`). */

type Module = {
  readonly path: string
  readonly version: string
  /** Modules that `go mod tidy` would add as indirect. */
  readonly needs: readonly string[]
}

/** Versions known to work together (higress.md 3.1); proxy-wasm and tetratelabs as published go.mod files have them. */
const modules: readonly Module[] = [
  {
    path: 'github.com/higress-group/proxy-wasm-go-sdk',
    version: 'v0.0.0-20251103120604-77e9cce339d2',
    needs: [],
  },
  {
    path: 'github.com/higress-group/wasm-go',
    version: 'v1.0.10-0.20260120033417-1c84f010156d',
    needs: [
      'github.com/google/uuid',
      'github.com/higress-group/proxy-wasm-go-sdk',
      'github.com/tidwall/gjson',
      'github.com/tidwall/match',
      'github.com/tidwall/pretty',
      'github.com/tidwall/resp',
      'github.com/tidwall/sjson',
    ],
  },
  { path: 'github.com/proxy-wasm/proxy-wasm-go-sdk', version: 'v0.0.0-20250212164326-ab4161dcf924', needs: [] },
  { path: 'github.com/tetratelabs/proxy-wasm-go-sdk', version: 'v0.24.0', needs: [] },
  { path: 'github.com/google/uuid', version: 'v1.6.0', needs: [] },
  {
    path: 'github.com/tidwall/gjson',
    version: 'v1.18.0',
    needs: ['github.com/tidwall/match', 'github.com/tidwall/pretty'],
  },
  { path: 'github.com/tidwall/match', version: 'v1.1.1', needs: [] },
  { path: 'github.com/tidwall/pretty', version: 'v1.2.1', needs: [] },
  { path: 'github.com/tidwall/resp', version: 'v0.1.1', needs: [] },
  {
    path: 'github.com/tidwall/sjson',
    version: 'v1.2.5',
    needs: ['github.com/tidwall/gjson', 'github.com/tidwall/match', 'github.com/tidwall/pretty'],
  },
]

const tetratelabs = 'github.com/tetratelabs/proxy-wasm-go-sdk'
/** The last tag with contexts in package proxywasm (W31); see `sdk/go/styles.json`. */
const oldestVersion = 'v0.1.1'
const oldest = /\bproxywasm\.(?:SetNew(?:Root|Http|Stream)Context|Default(?:Root|Http|Stream)Context)\b/

/** Import paths of a Go file; what is in comments or strings further down does not count. */
export function goImports(source: string): string[] {
  const text = source.replace(/\/\*[\s\S]*?\*\//g, ' ').replace(/^\s*\/\/.*$/gm, '')
  const blocks = text.matchAll(/^import\s*(?:\(([\s\S]*?)\)|((?:[\w.]+\s+)?(?:"[^"]+"|`[^`]+`)))/gm)
  return [...blocks].flatMap((block) =>
    [...(block[1] ?? block[2] ?? '').matchAll(/"([^"]+)"|`([^`]+)`/g)].map((match) => match[1] ?? match[2] ?? ''),
  )
}

/**
 * The text of `go.mod` for a plugin whose folder has none: module name, Go version, the real modules that its files
 * import and what those need. Modules that the tab does not know are left to `go mod tidy`, as is `go.sum`.
 */
export function goModFile(name: string, sources: Readonly<Record<string, string>>): string {
  const files = Object.entries(sources).filter(([path]) => path.endsWith('.go') && !path.endsWith('_test.go'))
  const imports = files.flatMap(([, text]) => goImports(text))
  const direct = modules.filter(({ path }) => imports.some((each) => each === path || each.startsWith(`${path}/`)))
  const indirect = modules.filter(
    (module) => !direct.includes(module) && direct.some(({ needs }) => needs.includes(module.path)),
  )
  const isOldest = files.some(([, text]) => oldest.test(text))
  const line = ({ path, version }: Module): string =>
    `\t${path} ${path === tetratelabs && isOldest ? oldestVersion : version}`
  // The TinyGo generation is of 2021 to 2024; TinyGo 0.29 comes with Go 1.20 (higress.md 3.2).
  const goVersion = direct.some(({ path }) => path === tetratelabs) ? '1.19' : '1.24.1'
  const require = (list: readonly string[]): string => (list.length === 0 ? '' : `\nrequire (\n${list.join('\n')}\n)\n`)
  return `module ${moduleName(name)}

go ${goVersion}
${require(direct.map(line))}${require(indirect.map((module) => `${line(module)} // indirect`))}`
}

/** A module path has letters, digits and `-._~/` only, and does not begin with a dot. */
const moduleName = (name: string): string => name.replace(/[^\w.~-]+/g, '-').replace(/^[.-]+|[.-]+$/g, '') || 'plugin'
