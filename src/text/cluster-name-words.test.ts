import { expect, test } from 'vitest'
import { english } from './catalogue.ts'
import { chinese } from './chinese.ts'
import { clusterNameSentence, clusterNameWords } from './cluster-name-words.ts'
import { createText } from './text.ts'

const en = createText('en', english)

test('each part of a name is said in words, the bars and dots are not', () => {
  const { parts } = clusterNameWords('outbound|8848|v1|pay.DEFAULT-GROUP.public.nacos', en)
  expect(parts.filter(({ meaning }) => meaning !== undefined)).toEqual([
    { text: 'outbound', meaning: 'from the gateway to a service' },
    { text: '8848', meaning: 'port of the service' },
    { text: 'v1', meaning: 'version (subset) of the service' },
    { text: 'pay', meaning: 'name of the service' },
    { text: 'DEFAULT-GROUP', meaning: 'group in Nacos' },
    { text: 'public', meaning: 'namespace' },
    { text: 'nacos', meaning: 'a service from a Nacos registry' },
  ])
})

test('a sentence tells the doubt first, then how the name reads', () => {
  expect(clusterNameSentence('outbound|8080||auth.static', en)).toBe(
    'A service of fixed addresses (.static) has port 80 in its cluster name, whatever port it listens on. ' +
      'outbound|8080||auth.static reads: outbound is from the gateway to a service; 8080 is port of the service; ' +
      'auth is name of the service; static is a service of fixed addresses; its port here is always 80.',
  )
  expect(clusterNameSentence('outbound|8080||auth.static', createText('zh', chinese))).toMatch(
    /端口总是 80.*auth 是服务名/,
  )
})

test('of a plain name nothing is said', () => {
  expect(clusterNameSentence('httpbin', en)).toBe('')
})
