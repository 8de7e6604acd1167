import { BinaryReader, WireType } from '@bufbuild/protobuf/wire'

/** Fields of a protobuf message by number; the last one of a number wins, as for any field that is not repeated. */
export type MessageFields = ReadonlyMap<number, bigint | Uint8Array>

/** `undefined`: these bytes are no protobuf message. */
export function readMessage(bytes: Uint8Array): MessageFields | undefined {
  const fields = new Map<number, bigint | Uint8Array>()
  const reader = new BinaryReader(bytes)
  try {
    while (reader.pos < reader.len) {
      const [number, type] = reader.tag()
      if (type === WireType.LengthDelimited) fields.set(number, reader.bytes())
      else if (type === WireType.Varint) fields.set(number, BigInt(reader.uint64()))
      else reader.skip(type, number)
    }
  } catch {
    // The reader throws on every kind of damage.
    return undefined
  }
  return reader.pos > reader.len ? undefined : fields
}

export function bytesField(fields: MessageFields, number: number): Uint8Array {
  const found = fields.get(number)
  return found instanceof Uint8Array ? found : new Uint8Array(0)
}

export function numberField(fields: MessageFields, number: number): bigint {
  const found = fields.get(number)
  return typeof found === 'bigint' ? found : 0n
}
