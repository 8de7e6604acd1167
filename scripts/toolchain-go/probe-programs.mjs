// Programs that use what plugins use: every function and method of the SDK, of its modules, and of the common part of the
// standard library, as values, so that the linker keeps them; and the examples, which instantiate the SDK's generics.
import { readdirSync, readFileSync } from 'node:fs'
import { pathOf } from '../setup/paths.mjs'

/** Of the standard library, packages whose whole API is kept. */
const whole = new Set(
  `bufio bytes context crypto/hmac crypto/md5 crypto/rand crypto/sha1 crypto/sha256 crypto/sha512 crypto/subtle embed
  encoding/base64 encoding/binary encoding/hex encoding/json errors fmt hash hash/crc32 hash/fnv html io log maps math
  math/bits math/rand math/rand/v2 net/url path regexp slices sort strconv strings sync sync/atomic time unicode
  unicode/utf16 unicode/utf8`.split(/\s+/),
)

/** Of net/http what has a meaning without a network; its client and server are in the full packs. */
const http =
  /^(?:Header\.|StatusText$|CanonicalHeaderKey$|ParseTime$|ParseCookie$|ParseSetCookie$|ParseHTTPVersion$|DetectContentType$|Cookie\.|Request\.(?:Cookie|Cookies|AddCookie|UserAgent|Referer|BasicAuth|SetBasicAuth|FormValue|ParseForm)$|NewRequest$)/

/** Exported functions (`Name`) and methods (`Type.Name`) of a package, read from its sources; generic ones are left out. */
function apiOf({ Dir, GoFiles = [] }) {
  const found = new Map()
  for (const file of GoFiles) {
    const text = readFileSync(`${Dir}/${file}`, 'utf8')
    for (const [, name] of text.matchAll(/^func ([A-Z]\w*)\(/gm)) found.set(name, (p) => `${p}.${name}`)
    for (const [, star, type, name] of text.matchAll(/^func \((?:\w+ )?(\*?)([A-Z]\w*)\) ([A-Z]\w*)\(/gm))
      found.set(`${type}.${name}`, (p) => `(${star}${p}.${type}).${name}`)
  }
  return found
}

function wholeApi(packages) {
  const imports = []
  const lines = []
  for (const [index, entry] of packages.entries()) {
    const { ImportPath, Standard } = entry
    const isHttp = ImportPath === 'net/http'
    const internal = /(?:^|\/)internal(?:\/|$)/.test(ImportPath)
    // The oldest form of the SDK takes the place of another module and is never in one program with it.
    if (internal || /-legacy(?:\/|$)|tetratelabs/.test(ImportPath)) continue
    if (Standard === true && !isHttp && !whole.has(ImportPath)) continue
    const uses = [...apiOf(entry)].filter(([name]) => !isHttp || http.test(name)).map(([, write]) => write(`p${index}`))
    if (uses.length === 0) continue
    imports.push(`import p${index} ${JSON.stringify(ImportPath)}`)
    lines.push(...uses.map((value) => `\t{ f := ${value}; keep(*(*unsafe.Pointer)(unsafe.Pointer(&f))) }`))
  }
  return program(imports, lines)
}

const program = (imports, lines) => `package main

import "unsafe"

${imports.join('\n')}

//go:noinline
func keep(value unsafe.Pointer) { kept = value }

var kept unsafe.Pointer

func main() {}

func init() {
${lines.join('\n')}
}
`

/** One generation of the SDK a program: two of them would export the same callbacks. */
const generations = [/^github\.com\/higress-group\//, /^github\.com\/proxy-wasm\//]

function* examples() {
  const templates = pathOf('src/templates')
  for (const example of readdirSync(templates).filter((name) => name.startsWith('go-') && !name.includes('.'))) {
    const plugins = `${templates}/${example}/plugins`
    for (const plugin of readdirSync(plugins)) {
      const sources = readdirSync(`${plugins}/${plugin}`).filter((name) => name.endsWith('.go'))
      if (sources.length === 1) yield readFileSync(`${plugins}/${plugin}/${sources[0]}`, 'utf8')
    }
  }
}

/** The texts of the programs, each a whole package main. */
export function probePrograms(packages) {
  const isSdk = ({ ImportPath }) => /proxy-wasm-go-sdk|\/wasm-go\//.test(ImportPath)
  const common = packages.filter((entry) => !isSdk(entry))
  const ofGeneration = (pattern) => packages.filter((entry) => isSdk(entry) && pattern.test(entry.ImportPath))
  return [...generations.map((pattern) => wholeApi([...common, ...ofGeneration(pattern)])), ...examples()]
}
