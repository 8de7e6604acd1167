import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { brotliDecompress } from 'node:zlib'
import type { BundleSource } from './source.ts'

const decompress = promisify(brotliDecompress)

/** The bundle in a folder (`.cache/toolchain-go/bundle`, or one that came with the package), for Node. */
export function diskSource(folder: string): BundleSource {
  const read = async (name: string): Promise<Uint8Array<ArrayBuffer>> => {
    const bytes = await decompress(await readFile(`${folder}/${name}.br`))
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
  }
  return {
    async manifest() {
      const file = `${folder}/manifest.json`
      if (!existsSync(file)) {
        const message = 'The Go toolchain is not built yet: run npm run toolchain:go in a clone of the project.'
        return { state: { kind: 'absent', message } }
      }
      const manifest: unknown = JSON.parse(await readFile(file, 'utf8'))
      return { manifest }
    },
    bytes: ({ file }) => read(file),
    program: async ({ file }) => await WebAssembly.compile(await read(file)),
    sweep: async () => undefined,
  }
}
