import type { TemplateCard } from './gallery.ts'

/** The examples written in Go, in the gallery's order. */
export const goGallery = [
  {
    name: 'go-mock-response',
    language: 'go',
    title: { en: 'Mock response of the documents', zh: '文档中的模拟响应' },
    description: {
      en: 'The first plugin of the Higress documents: adds a header, and answers itself when mockEnable is on.',
      zh: 'Higress 文档中的第一个插件：添加请求头，mockEnable 打开时直接应答。',
    },
    broken: false,
  },
  {
    name: 'go-http-call',
    language: 'go',
    title: { en: 'HTTP call over four service sources', zh: '四种服务来源的 HTTP 调用' },
    description: {
      en: 'Asks a service found by k8s, nacos, a static IP or DNS for a token, and sends it along.',
      zh: '向 k8s、nacos、固定 IP 或 DNS 来源的服务取一个 token，再随请求转发。',
    },
    broken: false,
  },
  {
    name: 'go-redis-limiter',
    language: 'go',
    title: { en: 'Limit requests per minute with Redis', zh: '用 Redis 按分钟限流' },
    description: {
      en: 'Counts with INCR and EXPIRE: ten requests pass, the eleventh gets 429, a minute later one passes again.',
      zh: '用 INCR 和 EXPIRE 计数：前十个请求通过，第十一个返回 429，一分钟后又能通过。',
    },
    broken: false,
  },
  {
    name: 'go-eval-limiter',
    language: 'go',
    title: { en: 'Token bucket in a Redis script', zh: 'Redis 脚本实现的令牌桶' },
    description: {
      en: 'EVAL takes a token in one step, so that requests at once do not get in each other’s way.',
      zh: '用 EVAL 一步取走令牌，同时到达的请求互不干扰。',
    },
    broken: false,
  },
  {
    name: 'go-retry-503',
    language: 'go',
    title: { en: 'Three attempts at a service', zh: '最多调用服务三次' },
    description: {
      en: 'Calls a service again after 503, a failed connection and a timeout; the scenario causes each of them.',
      zh: '遇到 503、连接失败和超时都会再调用一次；场景会逐一制造这些情况。',
    },
    broken: false,
  },
  {
    name: 'go-cache-ttl',
    language: 'go',
    title: { en: 'Keep responses for half a minute', zh: '把响应保存半分钟' },
    description: {
      en: 'GET and SETEX: a response comes from Redis until it expires, and from the service when Redis is away.',
      zh: '用 GET 和 SETEX：过期前由 Redis 应答，Redis 不可用时访问服务。',
    },
    broken: false,
  },
  {
    name: 'go-circuit-breaker',
    language: 'go',
    title: { en: 'Circuit breaker', zh: '熔断器' },
    description: {
      en: 'Three failures in a row open the circuit; after ten seconds one request tries whether the service is well again.',
      zh: '连续三次失败就熔断；十秒后放行一个请求，试探服务是否恢复。',
    },
    broken: false,
  },
  {
    name: 'go-edit-bodies',
    language: 'go',
    title: { en: 'Edit headers and JSON bodies', zh: '修改请求头和 JSON 请求体' },
    description: {
      en: 'Adds and removes headers, sets a field of the request, takes one out of the response.',
      zh: '增删请求头，设置请求 JSON 的字段，并删去响应中的字段。',
    },
    broken: false,
  },
  {
    name: 'go-stream-events',
    language: 'go',
    title: { en: 'Change a streamed response', zh: '改写流式响应' },
    description: {
      en: 'Masks numbers in server-sent events, although chunks do not end where events do.',
      zh: '遮盖 SSE 事件中的号码；分块的边界与事件的边界并不一致。',
    },
    broken: false,
  },
  {
    name: 'go-custom-response',
    language: 'go',
    title: { en: 'Custom response', zh: '自定义应答' },
    description: {
      en: 'Answers every request, or replaces only answers of the service with certain statuses.',
      zh: '直接应答所有请求，或只替换服务返回的某些状态码。',
    },
    broken: false,
  },
  {
    name: 'go-key-auth',
    language: 'go',
    title: { en: 'Key authentication with match rules', zh: '带匹配规则的 Key 认证' },
    description: {
      en: 'Knows consumers by their keys; rules for routes and domains say who may pass.',
      zh: '按 key 识别消费者；按路由和域名的规则决定谁可以通过。',
    },
    broken: false,
  },
  {
    name: 'go-request-block',
    language: 'go',
    title: { en: 'Block requests', zh: '请求屏蔽' },
    description: {
      en: 'Refuses requests by parts of the URL, by regular expressions, by headers and by their bodies.',
      zh: '按 URL 片段、正则表达式、请求头和请求体拒绝请求。',
    },
    broken: false,
  },
  {
    name: 'go-ext-auth',
    language: 'go',
    title: { en: 'External authorization', zh: '外部鉴权' },
    description: {
      en: 'A service decides, with the body when it wants it; a failure mode for when it is down.',
      zh: '由外部服务决定，可带上请求体；服务不可用时按失败模式处理。',
    },
    broken: false,
  },
  {
    name: 'go-ai-statistics',
    language: 'go',
    title: { en: 'Token statistics of an AI reply', zh: 'AI 应答的 token 统计' },
    description: {
      en: 'Counts tokens and times of a streamed reply, in metrics and in the access log.',
      zh: '统计流式应答的 token 数和耗时，写入指标和访问日志。',
    },
    broken: false,
  },
  {
    name: 'go-route-call',
    language: 'go',
    title: { en: 'Turn a request into another one', zh: '把请求改成另一个请求' },
    description: {
      en: 'RouteCall: a question goes to the route as a search, and the result comes back as an answer of ours.',
      zh: 'RouteCall：把问题改成一次搜索发往该路由，再把结果改写成自己的应答。',
    },
    broken: false,
  },
  {
    name: 'go-leader-ticks',
    language: 'go',
    title: { en: 'Ticks and a leader among workers', zh: '定时任务与 worker 选主' },
    description: {
      en: 'Of two workers one leads: it asks for settings at its ticks and shares them with the other.',
      zh: '两个 worker 中选出一个，由它定时获取设置，并通过共享数据告知另一个。',
    },
    broken: false,
  },
  {
    name: 'go-custom-log',
    language: 'go',
    title: { en: 'Own fields in the access log', zh: '访问日志中的自定义字段' },
    description: {
      en: 'User attributes are written into the access log and become tags of the trace span.',
      zh: '用户属性写入访问日志，并成为链路 span 的标签。',
    },
    broken: false,
  },
  {
    name: 'go-tinygo-headers',
    language: 'go',
    title: { en: 'Headers in the style of TinyGo', zh: 'TinyGo 风格的头部插件' },
    description: {
      en: 'Written for the older SDK of TinyGo plugins: contexts are structs, main registers them.',
      zh: '面向较早的 TinyGo 插件 SDK：上下文是结构体，由 main 注册。',
    },
    broken: false,
  },
  {
    name: 'go-tcp-guard',
    language: 'go',
    title: { en: 'Guard a TCP service', zh: '保护 TCP 服务' },
    description: {
      en: 'A network filter: holds half lines, closes connections that send denied commands, marks the answers.',
      zh: '网络过滤器：半行数据先缓存，发送被禁命令的连接会被关闭，并给应答加上标记。',
    },
    broken: false,
  },
  {
    name: 'go-pause-post',
    language: 'go',
    title: { en: 'ActionPause does not hold a body', zh: 'ActionPause 拦不住请求体' },
    description: {
      en: 'A call that a GET waits for and a POST does not: its body takes the headers along. See how it is explained.',
      zh: 'GET 会等待调用结果，POST 却不会：请求体会把请求头一起带走。看看它是怎样被解释的。',
    },
    broken: true,
  },
] as const satisfies readonly TemplateCard[]
