import { expect, test } from 'vitest'
import { gallery } from '../../templates/gallery.ts'
import { templateFiles } from '../../templates/templates.ts'
import { shownTitle } from './shown-title.ts'

test.each(gallery)('the title of $name is shown in both languages', ({ name, title }) => {
  expect(shownTitle(templateFiles(name), 'en')).toBe(title.en)
  expect(shownTitle(templateFiles(name), 'zh')).toBe(title.zh)
})

test('a title of one’s own stays as it is written', () => {
  expect(shownTitle({ 'proxyground.yaml': 'title: Mine' }, 'zh')).toBe('Mine')
  expect(shownTitle({}, 'zh')).toBe('')
})
