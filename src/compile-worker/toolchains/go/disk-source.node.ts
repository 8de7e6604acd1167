import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip } from 'node:zlib'
import type { BundleFile } from './manifest.ts'
import type { BundleSource } from './source.ts'

/** The bundle in a folder (`.cache/toolchain-go/bundle`, or one that came with the package), for Node. */
export function diskSource(folder: string): BundleSource {
  const read = async ({ file, packed }: BundleFile): Promise<Uint8Array<ArrayBuffer>> => {
    const bytes =
      packed === 'gzip'
        ? await promisify(gunzip)(await readFile(`${folder}/${file}.packed`))
        : await promisify(brotliDecompress)(await readFile(`${folder}/${file}.br`))
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
    bytes: read,
    program: async (file) => await WebAssembly.compile(await read(file)),
    keep: async () => undefined,
    sweep: async () => undefined,
  }
}
