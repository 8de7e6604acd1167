import type { TraceBuffers } from './buffers.ts'
import { headWords } from './codes.ts'
import { type TextHash, type TraceHash, textHash } from './hash.ts'
import { headerTexts } from './header-lists.ts'
import { kindEnter, kindGuestLog, kindHostCall, kindLeave, plainTypeOf, schema } from './schema.ts'
import { outWords, type Signature } from './signature.ts'

export type HashInput = {
  /** The words in which the event stands. */
  readonly words: Int32Array
  readonly buffers: TraceBuffers
  readonly signatures: readonly Signature[]
}

const nameHashes = new WeakMap<Signature, TextHash>()
const noName = textHash('')

function nameHash(signature: Signature | undefined): TextHash {
  if (signature === undefined) return noName
  const known = nameHashes.get(signature)
  if (known !== undefined) return known
  const made = textHash(signature.name)
  nameHashes.set(signature, made)
  return made
}

function hashBytes(hash: TraceHash, { buffers: { arena } }: HashInput, at: number, length: number): void {
  hash.bytes(arena.chunkOf(at), arena.placeOf(at), length)
}

/**
 * Adds the event at `start` to the hash, with its place in the run and its time in nanoseconds; the line of a stream's
 * end must stand there as a text. Pointers, spans, frames and reasons are left out (design 4.6).
 */
export function hashEvent(hash: TraceHash, input: HashInput, start: number, seq: number, time: number): void {
  const { words } = input
  const kind = (words[start] ?? 0) & 0xff
  hash.begin()
  hash.word(words[start] ?? 0)
  hash.word(words[start + 1] ?? 0)
  hash.word(seq)
  hash.word((time % 4294967296) | 0)
  hash.word(Math.floor(time / 4294967296))
  const at = start + headWords
  if (kind === kindHostCall) hashHostCall(hash, input, at)
  else if (kind === kindEnter) hashEnter(hash, input, at)
  else if (kind === kindLeave) {
    hash.text(nameHash(input.signatures[words[at] ?? 0]))
    hash.word(words[at + 2] ?? 0)
    hash.word(words[at + 3] ?? 0)
  } else if (kind === kindGuestLog) {
    for (let index = 0; index < 3; index++) hash.word(words[at + index] ?? 0)
    hashBytes(hash, input, words[at + 3] ?? 0, words[at + 4] ?? 0)
  } else hashFields(hash, input, at, kind)
  hash.end()
}

function hashEnter(hash: TraceHash, input: HashInput, at: number): void {
  const signature = input.signatures[input.words[at] ?? 0]
  hash.text(nameHash(signature))
  const count = signature?.params.length ?? 0
  for (let index = 0; index <= count; index++) hash.word(input.words[at + 2 + index] ?? 0)
}

function hashHostCall(hash: TraceHash, input: HashInput, start: number): void {
  const { words } = input
  const signature = input.signatures[words[start] ?? 0]
  if (signature === undefined) return
  hash.text(nameHash(signature))
  hash.word(words[start + 1] ?? 0)
  let at = start + 3
  for (const param of signature.params) at = hashSlot(hash, input, at, param.kind)
  for (const out of signature.outs) {
    hash.word(words[at] ?? 0)
    if (words[at] === 1) hashSlot(hash, input, at + 1, out.kind)
    at += outWords
  }
}

function hashSlot(hash: TraceHash, input: HashInput, at: number, kind: Signature['params'][number]['kind']): number {
  const first = input.words[at] ?? 0
  const second = input.words[at + 1] ?? 0
  if (kind === 'number' || kind === 'enum') {
    hash.word(first)
    return at + 1
  }
  if (kind === 'i64') {
    hash.word(first)
    hash.word(second)
  } else if (second < 0) hash.word(-1)
  else hashBytes(hash, input, first, second)
  return at + 2
}

function hashFields(hash: TraceHash, input: HashInput, start: number, kind: number): void {
  const type = plainTypeOf.get(kind)
  if (type === undefined) return
  const { words, buffers } = input
  const { texts } = buffers
  let at = start
  for (const [, field, unhashed] of schema[type]) {
    const word = words[at++] ?? 0
    switch (field) {
      case 'flag':
        hash.word(word)
        break
      case 'number':
        hash.word(word)
        hash.word(words[at++] ?? 0)
        break
      case 'text':
      case 'json':
        if (unhashed !== true) hash.text(texts.hash(word))
        break
      case 'bytes':
        hashBytes(hash, input, word, words[at++] ?? 0)
        break
      case 'headers':
        hashHeaders(hash, buffers, word)
        break
    }
  }
}

function hashHeaders(hash: TraceHash, { lists, texts }: TraceBuffers, position: number): void {
  const found = headerTexts(lists.words, position)
  hash.word(found.length / 2)
  for (const id of found) hash.text(texts.hash(id))
}
