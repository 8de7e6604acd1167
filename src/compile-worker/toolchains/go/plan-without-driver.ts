import type { DriverAnswer } from './driver-protocol.ts'
import type { Manifest } from './manifest.ts'

/**
 * The plan of a plugin that is one package, for a bundle without the driver: files in the top folder, imports of the
 * bundle, the language version of go.mod. Build constraints, embedding and further packages are the driver's.
 */
export function planWithoutDriver(manifest: Manifest, sources: Readonly<Record<string, string>>): DriverAnswer {
  const files = Object.keys(sources).filter((file) => /^[^/]+\.go$/.test(file) && !file.endsWith('_test.go'))
  const imports = new Set(files.flatMap((file) => importsOf(sources[file] ?? '')))
  const known = [...imports].filter((path) => manifest.packages.has(path))
  const version = /^go (\d+\.\d+)/m.exec(sources['go.mod'] ?? '')?.[1] ?? '1.24'
  return {
    kind: 'plan',
    packages: [
      {
        importPath: 'main',
        files: files.sort(),
        generated: [],
        imports: known.map((importPath) => ({ importPath, from: 'bundle' })),
        importMap: {},
        flags: ['-p', 'main', `-lang=go${version}`, '-complete'],
      },
    ],
    link: { imports: known, modinfo: '', flags: [] },
    warnings: [],
    notes: ['The driver is not part of this bundle: only plugins of one package compile.'],
  }
}

function importsOf(text: string): readonly string[] {
  const header = text.split(/^(?:func|type|var|const)\b/m)[0] ?? ''
  return [...header.matchAll(/^\s*(?:import\s+)?(?:[\w.]+\s+)?"([^"\n]+)"/gm)].map(([, path = '']) => path)
}
