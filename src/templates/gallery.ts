import { goGallery } from './gallery-go.ts'

/** The examples of the gallery, in its order. A folder per name beside this file holds the project. */
type Words = { readonly en: string; readonly zh: string }

export type TemplateCard = {
  readonly name: string
  readonly language: 'assemblyscript' | 'go'
  readonly title: Words
  readonly description: Words
  /** Made to go wrong, so that the explanation can be seen; the card says so. */
  readonly broken: boolean
}

export const gallery = [
  {
    name: 'hello-header',
    language: 'assemblyscript',
    title: { en: 'Hello header', zh: '你好，请求头' },
    description: {
      en: 'Adds a header to the request and one to the response.',
      zh: '给请求和响应各加一个头。',
    },
    broken: false,
  },
  {
    name: 'mock-response',
    language: 'assemblyscript',
    title: { en: 'Mock response', zh: '模拟响应' },
    description: {
      en: 'Answers instead of the service when mockEnable is on. The configuration changes between two requests.',
      zh: 'mockEnable 打开时由插件直接应答；两次请求之间会更改配置。',
    },
    broken: false,
  },
  {
    name: 'auth-call',
    language: 'assemblyscript',
    title: { en: 'Ask an auth service', zh: '调用鉴权服务' },
    description: {
      en: 'Holds each request until an auth service has answered, then lets it pass or denies it.',
      zh: '暂停每个请求，等鉴权服务应答后放行或拒绝。',
    },
    broken: false,
  },
  {
    name: 'body-rewrite',
    language: 'assemblyscript',
    title: { en: 'Rewrite a body', zh: '改写请求体' },
    description: {
      en: 'Collects the chunks of a body, replaces it, and removes the content-length in time.',
      zh: '收齐请求体的各个分块再替换，并及时删除 content-length。',
    },
    broken: false,
  },
  {
    name: 'retry-503',
    language: 'assemblyscript',
    title: { en: 'Try again after a 503', zh: '遇到 503 时重试' },
    description: {
      en: 'Calls a service up to three times. The scenario breaks it on purpose: 503, no connection, no answer.',
      zh: '最多调用服务三次。场景会故意让它出错：503、连不上、不应答。',
    },
    broken: false,
  },
  {
    name: 'cache-ttl',
    language: 'assemblyscript',
    title: { en: 'Cache responses in Redis', zh: '用 Redis 缓存响应' },
    description: {
      en: 'Keeps a response for 30 seconds, and asks the service when Redis is away.',
      zh: '把响应保存 30 秒；Redis 不可用时直接访问服务。',
    },
    broken: false,
  },
  {
    name: 'eval-limiter',
    language: 'assemblyscript',
    title: { en: 'Limit requests with a Redis script', zh: '用 Redis 脚本限流' },
    description: {
      en: 'A token bucket in EVAL: of five requests that come together three pass, a second later one more.',
      zh: '用 EVAL 实现令牌桶：五个请求同时到达，放行三个；一秒后再放行一个。',
    },
    broken: false,
  },
  {
    name: 'circuit-breaker',
    language: 'assemblyscript',
    title: { en: 'Open the circuit after failures', zh: '连续失败后熔断' },
    description: {
      en: 'Three failures in a row and the service is left alone for ten seconds; then one request tries it.',
      zh: '连续失败三次后，十秒内不再访问服务；之后放行一个请求试探。',
    },
    broken: false,
  },
  {
    name: 'stream-events',
    language: 'assemblyscript',
    title: { en: 'Rewrite server-sent events', zh: '改写 SSE 事件' },
    description: {
      en: 'Masks a word that two chunks share, and keeps what is not yet a whole event for the next one.',
      zh: '遮盖被切到两个分块里的词；不完整的事件留到下一个分块。',
    },
    broken: false,
  },
  {
    name: 'shared-counter',
    language: 'assemblyscript',
    title: { en: 'Shared counter', zh: '共享计数器' },
    description: {
      en: 'Two workers count requests together, with compare-and-swap on shared data and a metric.',
      zh: '两个 worker 用共享数据的 CAS 一起计数，并更新一个指标。',
    },
    broken: false,
  },
  {
    name: 'two-plugins',
    language: 'assemblyscript',
    title: { en: 'Two plugins in a chain', zh: '两个插件组成的链' },
    description: {
      en: 'One plugin finds out who is asking, the next greets them. Responses come back in reverse.',
      zh: '前一个插件识别用户，后一个打招呼；响应按相反的顺序返回。',
    },
    broken: false,
  },
  {
    name: 'never-resumed',
    language: 'assemblyscript',
    title: { en: 'Paused and never resumed', zh: '暂停后从未恢复' },
    description: {
      en: 'A plugin that forgets one branch of its callback, so that the request hangs. See how it is explained.',
      zh: '回调漏掉了一个分支，请求因此挂起。看看它是怎样被解释的。',
    },
    broken: true,
  },
  ...goGallery,
] as const satisfies readonly TemplateCard[]

export type TemplateName = (typeof gallery)[number]['name']

export const defaultTemplate: TemplateName = 'hello-header'
