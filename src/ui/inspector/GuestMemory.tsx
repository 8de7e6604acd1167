import type { MemoryPiece } from '../../model/guest-look.ts'
import { useText } from '../text.ts'
import { sizeText } from '../timeline/display-text.ts'
import { bytesInLine, type HexLine, hexLines } from './hex-lines.ts'
import { useGuest } from './useGuest.ts'

/** The guest's memory where a host call's pointers lead, before and after it. Not in the trace: the run is repeated for it. */
export function GuestMemory({ seq }: { readonly seq: number }) {
  const t = useText()
  const look = useGuest(seq)
  if (look === 'coming') return <p className="dim no-args">{t('run.look.coming')}</p>
  if (look === undefined) return <p className="dim no-args">{t('run.look.none')}</p>
  const { sizeBefore, sizeAfter, pieces } = look.memory
  const [before, after] = [sizeText(sizeBefore), sizeText(sizeAfter)]
  return (
    <div className="memory">
      <p className="dim">
        {sizeBefore === sizeAfter ? t('run.memory.size', { size: before }) : t('run.memory.grew', { before, after })}
      </p>
      {pieces.length === 0 && <p className="dim">{t('run.memory.noPointer')}</p>}
      {pieces.map((piece) => (
        <Piece key={`${piece.role} ${piece.name} ${piece.pointer}`} piece={piece} />
      ))}
    </div>
  )
}

function Piece({ piece }: { readonly piece: MemoryPiece }) {
  const t = useText()
  const { name, role, pointer, size, outside } = piece
  const params = { name, address: hex(pointer), size: sizeText(size) }
  return (
    <section>
      <h4 className={outside ? 'bad' : ''}>
        {t(`run.memory.${role}`, params)}
        {outside && `, ${t('run.memory.outside')}`}
      </h4>
      {!outside && size > 0 && (
        <pre className="hex">
          {hexLines(piece).map((line) => (
            <Line key={line.address} line={line} />
          ))}
        </pre>
      )}
    </section>
  )
}

function Line({ line: { address, bytes } }: { readonly line: HexLine }) {
  const t = useText()
  return (
    <div>
      <span className="dim">{address.toString(16).padStart(8, '0')}</span>
      {'  '}
      {bytes.map(({ text, inside, was }, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: bytes are told apart by their place only
          key={index}
          className={was !== undefined ? 'changed' : inside ? '' : 'around'}
          title={was === undefined ? undefined : t('run.memory.was', { was })}
        >
          {text}{' '}
        </span>
      ))}
      {' '.repeat(3 * (bytesInLine - bytes.length))} {bytes.map(({ plain }) => plain).join('')}
    </div>
  )
}

const hex = (pointer: number): string => `0x${pointer.toString(16)}`
