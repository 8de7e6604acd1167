import { Directory, type Fd, File, type Inode, OpenFile } from '@bjorn3/browser_wasi_shim'

/** A file of the bundle: read only, and read without a copy of its own. */
class BundledFile extends File {
  constructor(content: Uint8Array) {
    // The shim's constructor copies an array it is given.
    super([], { readonly: true })
    this.data = content
  }
  override path_open(...args: Parameters<File['path_open']>): ReturnType<File['path_open']> {
    const { ret } = super.path_open(...args)
    return { ret, fd_obj: new BundledFileHandle(this) }
  }
}

/** A file of the bundle that a program has open. */
export class BundledFileHandle extends OpenFile {
  override fd_read(size: number): { ret: number; data: Uint8Array } {
    const from = Number(this.file_pos)
    const data = this.file.data.subarray(from, from + size)
    this.file_pos += BigInt(data.length)
    return { ret: 0, data }
  }
}

/** A folder whose files are named by paths with slashes; nested folders appear as needed. */
export class FileTree {
  readonly root = new Map<string, Inode>()

  /** Adds a file of the bundle, shared between trees. */
  add(path: string, content: Uint8Array): void {
    this.put(path, new BundledFile(content))
  }

  addText(path: string, text: string): void {
    this.add(path, new TextEncoder().encode(text))
  }

  /** The content of a file that a program wrote, or of one that was added. */
  read(path: string): Uint8Array | undefined {
    let contents: Map<string, Inode> = this.root
    const parts = path.split('/')
    const name = parts.pop() ?? ''
    for (const part of parts) {
      const next = contents.get(part)
      if (!(next instanceof Directory)) return undefined
      contents = next.contents
    }
    const file = contents.get(name)
    return file instanceof File ? file.data : undefined
  }

  /** Takes a folder at the root away with all that is in it. */
  drop(folder: string): void {
    this.root.delete(folder)
  }

  private put(path: string, file: File): void {
    let contents: Map<string, Inode> = this.root
    const parts = path.split('/')
    const name = parts.pop() ?? ''
    for (const part of parts) {
      let next = contents.get(part)
      if (!(next instanceof Directory)) {
        next = new Directory(new Map())
        contents.set(part, next)
      }
      if (next instanceof Directory) contents = next.contents
    }
    contents.set(name, file)
  }
}

/** Standard input of a program that has none. */
export const noInput = (): Fd => new OpenFile(new File([], { readonly: true }))
