/**
 * Source lines of a Go program, from the tables that its own tracebacks use (`pclntab`, runtime/symtab.go). They lie in
 * linear memory of every module that Go's linker made, stripped or not. Everything read here may be forged: numbers are
 * checked, loops are bounded, and what does not fit gives no line.
 */

/** Where an instruction comes from. */
export type GoPlace = {
  /** As Go names it: `main.onHttpRequestHeaders`. */
  readonly function: string
  /** As the compiler was told: trimmed or absolute. */
  readonly file: string
  /** 1-based. */
  readonly line: number
}

export type GoLines = {
  /** The places behind a return address, innermost inlined function first; none when the tables do not know it. */
  places(returnAddress: number): readonly GoPlace[]
}

/** Go 1.20 and later; one byte an instruction, eight a pointer. */
const magic = [0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8]
const inlineTreeFuncdata = 3
const inlineTreePcdata = 2
const inlinedCallSize = 16
/** Far more than a deep stack of a real program needs; then no more is told. */
const mostSteps = 5_000_000
/** A real module has one header, to which one `moduledata` points; a forged one could hold them everywhere. */
const mostTried = 4
const mostFunctionsTried = 10_000
const longestName = 4096

/** Opens the tables in a guest's memory; undefined when there are none that can be read. */
export function openGoLines(memory: Uint8Array): GoLines | undefined {
  let tried = 0
  for (const header of headersIn(memory)) {
    if (tried++ === mostTried) break
    const tables = Tables.open(memory, header)
    if (tables !== undefined) return tables
  }
  return undefined
}

function* headersIn(memory: Uint8Array): Generator<number> {
  for (let at = memory.indexOf(0xf1); at >= 0; at = memory.indexOf(0xf1, at + 1)) {
    if (at % 8 === 0 && magic.every((byte, index) => memory[at + index] === byte)) yield at
  }
}

type Slice = { readonly at: number; readonly length: number }

class Tables implements GoLines {
  readonly #memory: Uint8Array
  readonly #view: DataView
  readonly #names: Slice
  readonly #units: Slice
  readonly #files: Slice
  readonly #steps: Slice
  readonly #functions: Slice
  readonly #index: Slice
  readonly #text: number
  /** Until Go 1.25 offsets of functions are such of addresses, since then of functions. */
  readonly #scale: number
  readonly #funcdata: number | undefined
  #stepsLeft = mostSteps

  /** `module` is the address of Go's `moduledata`. */
  private constructor(memory: Uint8Array, module: number) {
    this.#memory = memory
    this.#view = new DataView(memory.buffer, memory.byteOffset, memory.byteLength)
    const slice = (index: number): Slice => {
      const at = module + 8 + 24 * index
      return { at: this.#u64(at) ?? 0, length: this.#u64(at + 8) ?? 0 }
    }
    this.#names = slice(0)
    this.#units = slice(1)
    this.#files = slice(2)
    this.#steps = slice(3)
    this.#functions = slice(4)
    this.#index = slice(5)
    // Behind the slices: findfunctab, minpc, maxpc, text.
    const first = this.#u64(module + 8 + 24 * 6 + 8)
    this.#text = this.#u64(module + 8 + 24 * 6 + 24) ?? 0
    this.#scale = this.#text + (this.#u32(this.#index.at) ?? 0) === first ? 1 : 0x10000
    this.#funcdata = this.#findFuncdata(module)
  }

  /** The `moduledata` that points to this header, if there is one and it holds a function. */
  static open(memory: Uint8Array, header: number): Tables | undefined {
    const view = new DataView(memory.buffer, memory.byteOffset, memory.byteLength)
    let tried = 0
    for (let at = 0; at + 8 <= memory.length && tried < mostTried; at += 8) {
      if (view.getUint32(at, true) !== header || view.getUint32(at + 4, true) !== 0) continue
      tried++
      const tables = new Tables(memory, at)
      if (tables.#looksRight()) return tables
    }
    return undefined
  }

  places(returnAddress: number): readonly GoPlace[] {
    const pc = returnAddress - 1
    const found = this.#functionAt(pc)
    if (found === undefined) return []
    const places: GoPlace[] = []
    let here = pc
    // Each step leads to the call of an inlined function in the function around it.
    for (let depth = 0; depth < 64; depth++) {
      const file = this.#fileAt(found, here)
      const line = this.#valueAt(found, this.#u32(found.at + 24), here)
      if (file === undefined || line === undefined || line < 1) return places
      const inlined = this.#inlinedAt(found, here)
      const name = this.#textAt(this.#names.at + (inlined?.name ?? found.name))
      places.push({ function: name ?? '', file, line })
      if (inlined === undefined) return places
      here = found.entry + inlined.parent
    }
    return places
  }

  #looksRight(): boolean {
    const tables = [this.#names, this.#files, this.#steps, this.#functions]
    return tables.every(({ at, length }) => length > 0 && at + length <= this.#memory.length) && this.#index.length > 1
  }

  #functionAt(pc: number): { at: number; entry: number; name: number } | undefined {
    let [low, high] = [0, this.#index.length - 1]
    while (low < high) {
      const middle = Math.floor((low + high + 1) / 2)
      const start = this.#u32(this.#index.at + middle * 8)
      if (start === undefined) return undefined
      if (this.#addressOf(start) <= pc) low = middle
      else high = middle - 1
    }
    const offset = this.#u32(this.#index.at + low * 8 + 4)
    const at = this.#functions.at + (offset ?? this.#functions.length)
    const entry = this.#u32(at)
    const name = this.#u32(at + 4)
    if (entry === undefined || name === undefined || this.#addressOf(entry) > pc) return undefined
    return { at, entry: this.#addressOf(entry), name }
  }

  #addressOf(offset: number): number {
    return this.#text + offset * this.#scale
  }

  /** The value that a table of steps has at `pc`: pairs of a signed and an unsigned difference. */
  #valueAt(found: { readonly entry: number }, table: number | undefined, pc: number): number | undefined {
    if (table === undefined || table === 0) return undefined
    let at = this.#steps.at + table
    let value = -1
    let until = found.entry
    const next = (): number => {
      let result = 0
      for (let shift = 0; shift < 35; shift += 7) {
        const byte = this.#memory[at++] ?? 0
        result += (byte & 0x7f) * 2 ** shift
        if (byte < 0x80) break
      }
      return result
    }
    for (let step = 0; this.#stepsLeft > 0 && at < this.#memory.length; step++) {
      this.#stepsLeft--
      const change = next()
      if (change === 0 && step > 0) return undefined
      value += change % 2 === 0 ? change / 2 : -(change + 1) / 2
      until += next()
      if (pc < until) return value
    }
    return undefined
  }

  #fileAt(found: { readonly at: number; readonly entry: number }, pc: number): string | undefined {
    const number = this.#valueAt(found, this.#u32(found.at + 20), pc)
    const unit = this.#u32(found.at + 32)
    if (number === undefined || number < 0 || unit === undefined) return undefined
    const offset = this.#u32(this.#units.at + (unit + number) * 4)
    return offset === undefined ? undefined : this.#textAt(this.#files.at + offset)
  }

  #inlinedAt(
    found: { readonly at: number; readonly entry: number },
    pc: number,
  ): { name: number; parent: number } | undefined {
    const pcdataCount = this.#u32(found.at + 28) ?? 0
    if (this.#funcdata === undefined || pcdataCount <= inlineTreePcdata || pcdataCount > 64) return undefined
    const index = this.#valueAt(found, this.#u32(found.at + 44 + inlineTreePcdata * 4), pc)
    const tree = this.#treeOf(found.at, pcdataCount)
    if (index === undefined || index < 0 || tree === undefined) return undefined
    const at = this.#funcdata + tree + index * inlinedCallSize
    const name = this.#u32(at + 4)
    const parent = this.#u32(at + 8)
    return name === undefined || parent === undefined ? undefined : { name, parent }
  }

  /** Offset of a function's inline tree among the function data. */
  #treeOf(at: number, pcdataCount: number): number | undefined {
    const count = this.#memory[at + 43] ?? 0
    if (count <= inlineTreeFuncdata) return undefined
    const offset = this.#u32(at + 44 + pcdataCount * 4 + inlineTreeFuncdata * 4)
    return offset === 0xffffffff ? undefined : offset
  }

  /**
   * Where the function data begin (`gofunc`) stands at another place of `moduledata` in each generation of Go: it is the
   * address from which the inline trees of the program name functions.
   */
  #findFuncdata(module: number): number | undefined {
    const trees: number[] = []
    const functions = Math.min(this.#index.length - 1, mostFunctionsTried)
    for (let index = 0; index < functions && trees.length < 32; index++) {
      const offset = this.#u32(this.#index.at + index * 8 + 4)
      if (offset === undefined) return undefined
      const at = this.#functions.at + offset
      const pcdataCount = this.#u32(at + 28) ?? 0
      const tree = pcdataCount > 64 ? undefined : this.#treeOf(at, pcdataCount)
      if (tree !== undefined) trees.push(tree)
    }
    if (trees.length === 0) return undefined
    for (let word = 22; word < 64; word++) {
      const base = this.#u64(module + word * 8)
      if (base !== undefined && base > 0 && trees.every((tree) => this.#isInlinedCall(base + tree))) return base
    }
    return undefined
  }

  #isInlinedCall(at: number): boolean {
    const padding = (this.#u32(at) ?? -1) >>> 8
    const name = this.#u32(at + 4)
    if (padding !== 0 || name === undefined || name === 0 || name >= this.#names.length) return false
    return this.#memory[this.#names.at + name - 1] === 0 && this.#memory[this.#names.at + name] !== 0
  }

  #textAt(at: number): string | undefined {
    const end = this.#memory.subarray(at, at + longestName).indexOf(0)
    return end < 0 ? undefined : new TextDecoder().decode(this.#memory.slice(at, at + end))
  }

  #u32(at: number): number | undefined {
    return at >= 0 && at + 4 <= this.#view.byteLength ? this.#view.getUint32(at, true) : undefined
  }

  #u64(at: number): number | undefined {
    const low = this.#u32(at)
    const high = this.#u32(at + 4)
    return low === undefined || high === undefined || high > 0xffff ? undefined : high * 2 ** 32 + low
  }
}
