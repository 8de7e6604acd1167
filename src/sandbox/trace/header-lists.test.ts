import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { HeaderList } from '../../model/http.ts'
import { HeaderLists, readHeaders } from './header-lists.ts'
import { Texts } from './texts.ts'

const list = fc.array(
  fc.tuple(
    fc.constantFrom('a', 'b', ':path', 'x-request-id'),
    fc.constantFrom('', '1', '2', 'x'.repeat(30), 'y'.repeat(300)),
  ),
  { maxLength: 12 },
)

test('lists come back as they were told, at whichever place, whatever was told there before', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(3), list)), (told) => {
      const texts = new Texts()
      const lists = new HeaderLists(texts)
      const at = told.map(([place, headers]) => lists.position(place, headers))
      expect(at.map((position) => readHeaders(lists.words, position, texts.all))).toEqual(told.map(([, each]) => each))
    }),
  )
})

test('what is told after lists were taken back comes back as it was told', () => {
  fc.assert(
    fc.property(fc.array(list), fc.array(list), fc.array(list), (kept, taken, later) => {
      const texts = new Texts()
      const lists = new HeaderLists(texts)
      const tell = (all: readonly HeaderList[]) => all.map((headers) => lists.position(0, headers))
      const first = tell(kept)
      const [mark, count] = [lists.mark(), texts.all.length]
      tell(taken)
      lists.rewind(mark)
      texts.rewind(count)
      const second = tell(later)
      const read = (position: number) => readHeaders(lists.words, position, texts.all)
      expect([...first, ...second].map(read)).toEqual([...kept, ...later])
    }),
  )
})

test('a list that differs in one value from the one before takes few words, an equal one none', () => {
  const lists = new HeaderLists(new Texts())
  const headers = (id: string): HeaderList => [
    ...Array.from({ length: 20 }, (_, index) => [`n${index}`, 'v'] as const),
    ['id', id],
  ]
  lists.position(0, headers('1'))
  const whole = lists.words.length
  lists.position(0, headers('1'))
  expect(lists.words.length).toBe(whole)
  lists.position(0, headers('2'))
  expect(lists.words.length).toBe(whole + 4)
})
