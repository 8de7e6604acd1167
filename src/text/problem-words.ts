import type { ProjectProblem } from '../model/project/problem.ts'
import type { Language } from './catalogue.ts'
import type { Text } from './text.ts'

/** Phrases that a problem's parameters bring along in English. */
const phrases: readonly (readonly [RegExp, string])[] = [
  [/^at least (\d+) entries$/, '至少 $1 项'],
  [/^at least (\d+) characters$/, '至少 $1 个字符'],
  [/^at least (\S+)$/, '不小于 $1'],
  [/^at most (\S+)$/, '不大于 $1'],
  [/^a map, or a list of \[name, value\]$/, '映射，或 [名称, 值] 的列表'],
  [/^a map of headers, or a list of \[name, value\]$/, '请求头映射，或 [名称, 值] 的列表'],
  [/^a pair \[name, value\] of texts$/, '一对文本 [名称, 值]'],
  [/^text as value of (.+)$/, '文本（$1 的值）'],
  [/^a number as value of (.+)$/, '数字（$1 的值）'],
  [/^a list of (\d+)$/, '列表（$1 项）'],
  [/^a map of numbers$/, '数字的映射'],
  [/^a map such as (.+)$/, '映射，例如 $1'],
  [/^a regular expression as text$/, '文本形式的正则表达式'],
  [/^a map$/, '映射'],
  [/^a list$/, '列表'],
  [/^text$/, '文本'],
  [/^text, (.+) or (.+)$/, '文本、$1 或 $2'],
  [/^a path$/, '路径'],
  [/^a number$/, '数字'],
  [/^a whole number$/, '整数'],
  [/^a JSON value$/, 'JSON 值'],
  [/^true or false$/, 'true 或 false'],
  [/^nothing( \(null\))?$/, '空'],
  [/^none$/, '无'],
]

function inChinese(value: string | number): string | number {
  if (typeof value === 'number') return value
  const found = phrases.find(([pattern]) => pattern.test(value))
  return found ? value.replace(found[0], found[1]) : value
}

/** A problem of a project file in the reader's language. */
export function problemMessage(problem: ProjectProblem, text: Text, language: Language): string {
  if (language === 'en') return problem.message
  const params = Object.fromEntries(Object.entries(problem.params).map(([key, value]) => [key, inChinese(value)]))
  return text(problem.code, params)
}
