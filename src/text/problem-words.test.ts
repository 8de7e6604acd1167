import { describe, expect, it } from 'vitest'
import { loadProject } from '../model/project/load.ts'
import { english } from './catalogue.ts'
import { chinese } from './chinese.ts'
import { problemMessage } from './problem-words.ts'
import { createText } from './text.ts'

describe('a problem of a project file', () => {
  it.each([
    ['titel: x', '未知的键 titel；是不是 title？', 'Unknown key titel; did you mean title?'],
    ['title: [a]', '应为文本，实际是 列表（1 项）', 'Expected text, found a list of 1'],
    ['gateway: { workers: 0 }', '应为不小于 1，实际是 0', 'Expected at least 1, found 0'],
  ])('%s', (yaml, inChinese, inEnglish) => {
    const [problem] = loadProject({ 'proxyground.yaml': yaml }).problems
    if (!problem) throw new Error('no problem found')
    expect(problemMessage(problem, createText('zh', chinese), 'zh')).toBe(inChinese)
    expect(problemMessage(problem, createText('en', english), 'en')).toBe(inEnglish)
  })
})
