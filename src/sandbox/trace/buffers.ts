import { AccessLogFacts } from './access-log-facts.ts'
import { type ChunkMark, ChunkPool, Chunks } from './chunks.ts'
import { type Clock, EventWords } from './event-words.ts'
import { HeaderLists } from './header-lists.ts'
import { Texts } from './texts.ts'

const arenaChunks = new ChunkPool(16, 64, (length) => new Uint8Array(length))

/** Positions to which the stores are taken back after an event that is not kept. */
export type Mark = {
  readonly words: ChunkMark
  /** Place in the run and time of the event. */
  readonly seq: number
  readonly time: number
  readonly arena: ChunkMark
  readonly lists: ChunkMark
  readonly texts: number
  readonly accessLog: number
  readonly size: number
}

/** How many byte arrays back an equal one is looked for: a body meets few stations. */
const remembered = 4

/** The growable stores of a trace: words, bytes, header lists, texts. Positions stay valid when a store grows. */
export class TraceBuffers {
  readonly words: EventWords
  readonly arena = new Chunks(arenaChunks)
  readonly texts = new Texts()
  readonly lists = new HeaderLists(this.texts)
  readonly accessLog = new AccessLogFacts(this.texts, this.lists)
  /** Bytes in the arena and of what events refer to, for the limit. */
  size = 0
  readonly #bodies: (Uint8Array | undefined)[] = new Array(remembered).fill(undefined)
  readonly #bodiesAt: number[] = new Array(remembered).fill(0)
  #nextBody = 0

  readonly #mostBytes: number

  constructor(clock: Clock, limits: { readonly events: number; readonly bytes: number }) {
    this.words = new EventWords(clock, limits.bytes > 0 ? limits.events : 0)
    this.#mostBytes = limits.bytes
  }

  /** So many bytes more are kept. */
  grow(bytes: number): void {
    this.size += bytes
    if (this.size >= this.#mostBytes) this.words.open = false
  }

  /** Only behind a `reserve` that made room for it. */
  push(value: number): void {
    const { words } = this
    words.current[words.used++] = value
  }

  /** Copies bytes of a guest's memory into the arena; returns their position. */
  copy(bytes: Uint8Array, start: number, length: number): number {
    this.grow(length)
    return this.#append(bytes, start, length)
  }

  /** Position of a body in the arena; one that has just been kept is not copied again. It must not change afterwards. */
  body(bytes: Uint8Array): number {
    if (bytes.length === 0) return 0
    const known = this.knownBody(bytes)
    if (known !== undefined) return known
    const at = this.#append(bytes, 0, bytes.length)
    this.#bodies[this.#nextBody] = bytes
    this.#bodiesAt[this.#nextBody] = at
    this.#nextBody = (this.#nextBody + 1) % remembered
    return at
  }

  /** Position of a body that has just been kept. */
  knownBody(bytes: Uint8Array): number | undefined {
    for (let index = 0; index < remembered; index++) if (this.#bodies[index] === bytes) return this.#bodiesAt[index]
    return undefined
  }

  mark(): Mark {
    const { words, arena, lists, texts, accessLog, size } = this
    const { seq, time } = words
    return {
      words: words.mark(),
      seq,
      time,
      arena: arena.mark(),
      lists: lists.mark(),
      texts: texts.all.length,
      accessLog: accessLog.length,
      size,
    }
  }

  rewind(mark: Mark): void {
    this.words.rewind(mark.words)
    this.arena.rewind(mark.arena)
    this.lists.rewind(mark.lists)
    this.texts.rewind(mark.texts)
    this.accessLog.rewind(mark.accessLog)
    this.size = mark.size
    this.#bodies.fill(undefined)
  }

  /** The end: the stores' memory goes to the next trace. */
  release(): void {
    this.words.release()
    this.arena.release()
    this.lists.words.release()
  }

  #append(bytes: Uint8Array, start: number, length: number): number {
    const { arena } = this
    arena.reserve(length)
    const { current, used } = arena
    // A view costs more than a short loop (toolchains.md 5 "Tracing").
    if (length <= 64) for (let index = 0; index < length; index++) current[used + index] = bytes[start + index] ?? 0
    else current.set(length === bytes.length ? bytes : bytes.subarray(start, start + length), used)
    arena.used = used + length
    return arena.base + used
  }
}
