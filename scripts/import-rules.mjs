// Who may import whom (docs/ARCHITECTURE.md, "Layers"). dependency-cruiser does not read TypeScript 7 projects yet, so
// the rules are a table here and the imports come from oxc's parser: static, re-exported, dynamic and `import.meta.url` ones.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'oxc-parser'

const root = fileURLToPath(new URL('..', import.meta.url))

/** A part may import itself and what is listed; `packages` are the npm packages it may use ('*': any), `node` its builtins. */
const parts = [
  {
    path: 'src/ui',
    may: ['src/model', 'src/text', 'src/editor', 'src/templates', 'src/compile-worker', 'src/sandbox'],
    packages: '*',
  },
  {
    path: 'src/cli',
    may: ['src/model', 'src/text', 'src/sandbox', 'src/compile-worker', 'src/templates'],
    packages: '*',
    node: true,
  },
  { path: 'src/editor', may: ['src/model', 'src/text', 'sdk'], packages: '*' },
  {
    path: 'src/compile-worker',
    may: ['src/model', 'src/text', 'sdk'],
    packages: [
      'assemblyscript',
      'wabt',
      'comlink',
      '@noble/hashes',
      '@jridgewell/trace-mapping',
      '@bjorn3/browser_wasi_shim',
    ],
  },
  {
    path: 'src/sandbox',
    may: ['src/model', 'src/text'],
    packages: [
      ...['comlink', 'fflate', 're2js', 'yaml', 'zod', 'shell-quote'],
      // Handlers of a project.
      ...['quickjs-emscripten-core', '@jitl/quickjs-singlefile-mjs-release-sync', 'sucrase'],
      // Foreign functions.
      ...['@bufbuild/cel', '@bufbuild/protobuf', '@noble/curves', '@noble/hashes', 'micro-rsa-dsa-dh', 'pako'],
    ],
  },
  { path: 'src/text', may: ['src/model'], packages: ['i18next'] },
  { path: 'src/model', may: [], packages: ['fflate', 'yaml', 'zod'] },
  { path: 'src/templates', may: ['src/model', 'src/text'], packages: '*' },
  { path: 'build-service', may: ['src/model', 'src/text'], packages: '*', node: true },
  {
    path: 'e2e',
    may: ['src/model', 'src/text', 'src/sandbox', 'src/compile-worker', 'src/cli', 'src/templates', 'build-service'],
    packages: '*',
    node: true,
  },
  {
    path: 'conformance',
    may: ['src/model', 'src/sandbox', 'src/compile-worker'],
    packages: ['fast-check', 'vitest', 'yaml'],
    node: true,
  },
  {
    path: 'bench',
    may: ['src/model', 'src/text', 'src/sandbox', 'src/compile-worker', 'src/templates', 'build-service'],
    packages: '*',
    node: true,
  },
]

/** What is forbidden inside the layers above. `from` and `to` are path patterns; the first reason that fits is printed. */
const forbidden = [
  {
    from: /^src\/ui\//,
    to: /^src\/sandbox\/(?!entry\/|trace\/view|explain\/)/,
    why: 'the app sees of the sandbox only entry/, trace/view and explain/',
  },
  {
    from: /^src\/ui\//,
    to: /^src\/compile-worker\/(?!api\.ts|client\.ts|worker\.ts|library-sources\.ts|source-map\.ts|toolchain-state\.ts)/,
    why: 'the app sees of the compile worker only its api, client and worker entry',
  },
  {
    from: /^src\/sandbox\/(abi|vm|host|wasi|trace)\//,
    to: /^src\/sandbox\/(chain|codec|gateway|time|run|upstream|explain|entry(?!\/api\.ts))\//,
    why: 'the VM half never imports the gateway half: it calls what vm/seam.ts declares',
  },
  {
    from: /^src\/sandbox\/(?!entry\/)/,
    to: /^src\/sandbox\/entry\/(?!api\.ts)/,
    why: 'entry/ is the door from outside; nothing inside goes through it',
  },
]

/** Tests, benchmarks, and what only they import (`test-world.ts`). */
const isTest = (file) => /\.(test|bench)\.tsx?$|\/test-[^/]+\.ts$/.test(file)
const partOf = (file) => parts.find((part) => file.startsWith(`${part.path}/`))
const builtins = new Set(builtinModules)

function* sourceFiles(folder) {
  if (!existsSync(`${root}${folder}`)) return
  for (const entry of readdirSync(`${root}${folder}`, { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`
    // The guests of the examples are AssemblyScript: another language with the same file ending.
    if (entry.isDirectory() && !/^src\/templates\/[^/]+\/plugins$/.test(path)) yield* sourceFiles(path)
    else if (/\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts')) yield path
  }
}

/** Every module specifier of a file, with its line. */
function specifiers(file) {
  const source = readFileSync(`${root}${file}`, 'utf8')
  const { module, errors } = parseSync(file, source)
  if (errors.length > 0) return []
  const found = []
  const add = (text, start) => found.push({ text, line: source.slice(0, start).split('\n').length })
  for (const entry of module.staticImports) add(entry.moduleRequest.value, entry.start)
  for (const entry of module.staticExports)
    for (const item of entry.entries) if (item.moduleRequest) add(item.moduleRequest.value, item.start)
  for (const entry of module.dynamicImports) {
    const text = source.slice(entry.moduleRequest.start, entry.moduleRequest.end)
    if (/^(['"`])[^'"`$]*\1$/.test(text)) add(text.slice(1, -1), entry.start)
  }
  for (const match of source.matchAll(/new URL\(\s*['"]([^'"]+\.tsx?)['"],\s*import\.meta\.url/g))
    add(match[1], match.index)
  return found
}

function packageName(specifier) {
  const [scope, name] = specifier.split('/')
  return scope.startsWith('@') ? `${scope}/${name}` : scope
}

function complaint(file, specifier) {
  const part = partOf(file)
  if (specifier.startsWith('.')) {
    const target = posix.join(dirname(file), specifier.replace(/\?.*$/, ''))
    if (target.startsWith('src/ui/') && part.path !== 'src/ui') return 'nothing imports the app'
    if (isTest(file)) return undefined
    const targetPart = partOf(target) ?? parts.find((candidate) => candidate.path === target)
    const targetPath = targetPart?.path ?? target.split('/')[0]
    if (targetPath !== part.path && !part.may.includes(targetPath) && targetPath !== 'package.json')
      return `${part.path} may import ${part.may.length > 0 ? part.may.join(', ') : 'nothing of ours'}`
    return forbidden.find((rule) => rule.from.test(file) && rule.to.test(target))?.why
  }
  if (isTest(file)) return undefined
  if (specifier.startsWith('node:') || builtins.has(specifier)) {
    const nodeAllowed = part.node || /^src\/(sandbox\/entry|compile-worker)\/(node|.*\.node\.ts$)/.test(file)
    return nodeAllowed ? undefined : `${part.path} runs in browsers too: no Node modules`
  }
  if (part.packages !== '*' && !part.packages.includes(packageName(specifier)))
    return `${part.path} may use the packages ${part.packages.join(', ')}`
  return undefined
}

let count = 0
let broken = 0
for (const part of parts) {
  for (const file of sourceFiles(part.path)) {
    for (const { text, line } of specifiers(file)) {
      count++
      const why = complaint(file, text)
      if (why === undefined) continue
      broken++
      console.error(`${file}:${line}: imports ${text}: ${why}`)
    }
  }
}
if (count === 0) {
  console.error('import rules: no imports were found, so nothing was checked')
  process.exitCode = 1
} else if (broken > 0) process.exitCode = 1
else console.log(`import rules: ${count} imports checked`)
