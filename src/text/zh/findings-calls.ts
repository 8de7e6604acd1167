import type { callFindings as english } from '../en/findings-calls.ts'

export const callFindings: Record<keyof typeof english, string> = {
  'finding.callout-refused.what': '对 {{cluster}} 的调用被拒绝：{{status}}',
  'finding.callout-refused.why': '什么都没有发出，因此这个调用的回调不会运行。',
  'finding.callout-refused.do': '在发起调用的地方处理错误：继续，或发送本地应答。',
  'finding.callout-refused.unknown-cluster.what': '没有名为 {{cluster}} 的集群',
  'finding.callout-refused.unknown-cluster.why':
    '调用按集群的准确名称进行。这里已知的有：{{known}}。什么都没有发出，回调不会运行。',
  'finding.callout-refused.unknown-cluster.do': '使用已知的名称，或在 proxyground.yaml 中添加这个集群。',
  'finding.callout-refused.near-cluster.what': '没有名为 {{cluster}} 的集群',
  'finding.callout-refused.near-cluster.why':
    '调用按集群的准确名称进行。这里已知的有：{{known}}。什么都没有发出，回调不会运行。',
  'finding.callout-refused.near-cluster.do': '使用 {{nearest}}，或在 proxyground.yaml 中添加这个集群。',
  'finding.callout-refused.static-port.what': '没有名为 {{cluster}} 的集群',
  'finding.callout-refused.static-port.why':
    '静态服务的集群名里端口总是 80，与它实际监听的端口无关。什么都没有发出，回调不会运行。',
  'finding.callout-refused.static-port.do': '使用 {{nearest}}。',
  'finding.callout-refused.other-port.what': '没有名为 {{cluster}} 的集群',
  'finding.callout-refused.other-port.why':
    '{{replacement}} 是同一个服务的另一个端口。调用按集群的准确名称进行。什么都没有发出，回调不会运行。',
  'finding.callout-refused.other-port.do': '使用 {{replacement}}，或在 proxyground.yaml 中添加这个集群。',
  'finding.callout-refused.other-version.what': '没有名为 {{cluster}} 的集群',
  'finding.callout-refused.other-version.why':
    '{{replacement}} 是同一个服务的另一个版本（第二和第三个竖线之间的部分）。什么都没有发出，回调不会运行。',
  'finding.callout-refused.other-version.do': '使用 {{replacement}}，或在 proxyground.yaml 中添加这个集群。',
  'finding.callout-refused.other-registry.what': '没有名为 {{cluster}} 的集群',
  'finding.callout-refused.other-registry.why':
    '同名服务来自别处：{{nearest}}。注册中心、分组、命名空间和数据中心都是名称的一部分。什么都没有发出，回调不会运行。',
  'finding.callout-refused.other-registry.do': '使用 {{replacement}}，或在 proxyground.yaml 中添加这个集群。',
  'finding.callout-refused.other-shape.what': '没有名为 {{cluster}} 的集群',
  'finding.callout-refused.other-shape.why':
    '调用要用集群的完整名称，例如 {{replacement}}。什么都没有发出，回调不会运行。',
  'finding.callout-refused.other-shape.do': '使用 {{replacement}}。',
  'finding.callout-refused.no-cluster-name.what': '这个调用没有写集群名',
  'finding.callout-refused.no-cluster-name.why':
    '名称为空，缺少配置值时常常如此。这里已知的有：{{known}}。什么都没有发出。',
  'finding.callout-refused.no-cluster-name.do': '给调用写上一个已知的名称。',
  'finding.callout-refused.missing-header.what': '对 {{cluster}} 的调用没有 {{header}} 头部',
  'finding.callout-refused.missing-header.why':
    '宿主要求每个调用都有 :method、:path 和 :authority（host 也可以）。什么都没有发出，回调不会运行。',
  'finding.callout-refused.missing-header.do': '在调用的头部里加上 {{header}}。',
  'finding.callout-refused.unparsable.what': '对 {{cluster}} 的调用的头部无法解析',
  'finding.callout-refused.unparsable.why':
    '它们不是序列化的键值对：先是个数，再是各个长度，然后是以零字节结尾的名称和值。宿主把它当作没有头部，因此缺少 :path。',
  'finding.callout-refused.unparsable.do': '让 SDK 来序列化这些头部，或与它的编码对照。',
  'finding.callout-refused.not-initialised.what': 'Redis 集群 {{cluster}} 从未初始化',
  'finding.callout-refused.not-initialised.why':
    '网关通过 proxy_redis_init 为每个集群和 worker 创建的客户端发送命令。这个名称还没有客户端，所以什么都没有发出。',
  'finding.callout-refused.not-initialised.do': '在读取配置时调用 Redis 客户端的 Init，并检查它的错误。',
  'finding.callout-refused.timeout.what': '对 {{cluster}} 的调用的超时是 {{value}} 毫秒',
  'finding.callout-refused.timeout.why': '超时必须小于 2147483648 毫秒；负数传过来会比它更大。什么都没有发出。',
  'finding.callout-refused.timeout.do': '以毫秒为单位设置超时，例如 500。',

  'finding.map-refused.what': '{{fn}} 在 {{phase}} 阶段访问不到 {{map}}',
  'finding.map-refused.why': '此刻 {{plugin}} 用不了这个头部表，因此什么都没有读到或改变。',
  'finding.map-refused.do': '在它自己的回调里使用它。',
  'finding.map-refused.write-after-leaving.what': '在头部已经离开之后才去修改 {{map}}',
  'finding.map-refused.write-after-leaving.why':
    '这个插件的头部回调返回了 Continue（或者流已被恢复），头部随之继续前进。{{fn}} 返回 {{status}}，什么也没有改变。',
  'finding.map-refused.write-after-leaving.do': '在头部回调里修改头部，或者在那里扣住，直到知道要写的值。',
  'finding.map-refused.read-after-leaving.what': '在头部已经离开之后才去读取 {{map}}',
  'finding.map-refused.read-after-leaving.why':
    '这个插件的头部回调返回了 Continue，此后就访问不到这个头部表了。{{fn}} 返回 {{status}}。',
  'finding.map-refused.read-after-leaving.do': '在头部回调里读出这个值，保存在流的上下文里。',
  'finding.map-refused.not-there.what': '{{fn}} 要访问 {{map}}，而它在 {{callback}} 里不存在',
  'finding.map-refused.not-there.why': '它返回 {{status}}，什么都没有读到或改变。',
  'finding.map-refused.read-only.what': '在 {{callback}} 里不能修改 {{map}}',
  'finding.map-refused.read-only.why':
    '调用应答的头部表是只读的；proxy_on_log 运行期间所有头部表都是只读的。{{fn}} 返回 {{status}}。',
  'finding.map-refused.read-only.do': '在流自己的回调里修改流本身的头部。',

  'finding.redis-answer.what': 'Redis 拒绝了 {{command}}',
  'finding.redis-answer.why': '{{cluster}} 的应答：{{error}}',
  'finding.redis-answer.do': '在回调里使用值之前，先检查错误。',
  'finding.redis-answer.no-auth.what': 'Redis 要求的登录与插件给出的不同',
  'finding.redis-answer.no-auth.why':
    '{{cluster}} 对 {{command}} 的应答：{{error}}。网关在连接时用 Init 给的信息登录，但不看结果，因此拒绝要到第一条命令才显现。',
  'finding.redis-answer.no-auth.do': '把集群的用户名和密码（proxyground.yaml 中的 username、password）交给 Init。',
  'finding.redis-answer.not-there.what': 'Proxyground 的 Redis 还不认识 {{command}}',
  'finding.redis-answer.not-there.why': '真正的 Redis 有这个命令。{{cluster}} 的应答：{{error}}',
  'finding.redis-answer.not-there.do': '在这里不用它来试插件，或到真正的网关上试。',
  'finding.redis-answer.timeout.what': '{{cluster}} 未在规定时间内应答 {{command}}',
  'finding.redis-answer.timeout.why': '交给 Init 的超时已过。网关会关闭连接，等在上面的每条命令都失败。',
  'finding.redis-answer.timeout.do': '在回调里决定没有 Redis 时请求怎么办：放行，或拒绝。',
  'finding.redis-answer.connect-failure.what': '无法连接 {{cluster}}',
  'finding.redis-answer.connect-failure.why': '命令 {{command}} 已被接受，但没能建立连接：回调会带着错误运行。',
  'finding.redis-answer.connect-failure.do': '在回调里决定没有 Redis 时请求怎么办：放行，或拒绝。',
  'finding.redis-answer.reset.what': '{{cluster}} 关闭了连接',
  'finding.redis-answer.reset.why': '{{command}} 正在这个连接上等待应答；回调会带着错误运行。',
  'finding.redis-answer.reset.do': '在回调里决定没有 Redis 时请求怎么办：放行，或拒绝。',
  'finding.redis-answer.protocol-error.what': '{{cluster}} 说的不是 Redis 协议',
  'finding.redis-answer.protocol-error.why':
    '这个集群是另一种服务，它发来的不是对 {{command}} 的应答；回调会带着错误运行。',
  'finding.redis-answer.protocol-error.do': '写上 Redis 服务的集群名，或把这个集群的 kind 设为 redis。',

  'finding.redis-answer-too-late.what': '{{command}} 的应答到来时请求已经结束',
  'finding.redis-answer-too-late.why':
    '{{callback}} 询问了 {{cluster}} 并返回 Continue，请求随即继续。这条命令的回调现在做什么都影响不到它；SDK 甚至不会运行它。',
  'finding.redis-answer-too-late.do': '如果应答重要，就用同时扣住正文的状态停住头部，并在回调里恢复。',

  'finding.callout-without-timeout.what': '{{plugin}} 调用 {{cluster}} 时没有设置超时',
  'finding.callout-without-timeout.why': '超时为 0 时网关会一直等待应答，被暂停的请求也跟着一直等待。',
  'finding.callout-without-timeout.do': '为这次调用设置以毫秒为单位的超时，并处理超时后的 504 应答。',
  'finding.property-unavailable.what': '{{path}} 在 {{callback}} 里不存在',
  'finding.property-unavailable.why': '它返回 {{status}}。',
  'finding.property-unavailable.do': '在更早的回调里读取并保存它。',
  'finding.property-unavailable.request-gone.why':
    '它取自请求头，而请求头离开之后就访问不到了；在 proxy_on_log 里又可以读到。',
  'finding.property-unavailable.request-gone.do': '在请求头回调里读取，保存在流的上下文里。',
  'finding.property-unavailable.response-not-yet.why': '有了响应之后才知道它。',
  'finding.property-unavailable.response-not-yet.do': '在响应回调或 proxy_on_log 里读取。',
  'finding.property-unavailable.at-log-only.why': '流结束之后才知道它。',
  'finding.property-unavailable.at-log-only.do': '在 proxy_on_log 里读取。',
  'finding.property-unavailable.no-stream.why': '这个回调属于整个插件，不属于某个请求。',
  'finding.property-unavailable.no-stream.do': '在流的回调里读取，或先设置生效的上下文。',
  'finding.property-unavailable.renamed.why': 'Envoy 在 1.33 中移除了这个名称，Higress 仍然保留。',
  'finding.property-unavailable.renamed.do': '使用 {{now}}。',
  'finding.property-unavailable.tree.why': '{{path}} 的键无法列出，因此不能整体读取。',
  'finding.property-unavailable.tree.do': '读取其中的一个值，例如 {{path}}.headers 或别的键。',

  'finding.log-level-shape.what': 'get_log_level 返回了 {{size}} 字节',
  'finding.log-level-shape.why': 'Higress 的 Go SDK 会读第四个字节，不足四个时会 trap。',
  'finding.log-level-shape.do': '返回四个字节，或返回一个错误状态。',

  'finding.buffer-limit.what': '消息体超过了网关可以扣住的大小：{{status}}',
  'finding.buffer-limit.why':
    '{{plugin}} 以 {{action}} 扣住了消息体。每个流能扣住的量有限：Higress 默认 32 KiB，Envoy 默认 1 MiB。',
  'finding.buffer-limit.do':
    '提高上限（Higress：set_decoder_buffer_limit），分块读取消息体，或用带 Watermark 的状态扣住它。',
  'finding.buffer-limit.response.do':
    '提高上限（Higress：set_encoder_buffer_limit），分块读取消息体，或用带 Watermark 的状态扣住它。',
  'finding.buffer-refused.what': '{{fn}} 不能写在那里',
  'finding.buffer-refused.why': '什么都没有改变。',
  'finding.buffer-refused.do': '替换整个消息体，或在它前后加上数据。',
  'finding.buffer-refused.middle.what': '不能从第 {{start}} 字节起修改消息体',
  'finding.buffer-refused.middle.why':
    '消息体有 {{length}} 字节。宿主可以从头替换、在开头之前插入、在末尾追加；中间的位置会被拒绝。',
  'finding.buffer-refused.read-only.what': '{{buffer}} 不能修改',
  'finding.buffer-refused.read-only.why': '配置和调用应答的消息体只能读取。',
  'finding.buffer-refused.read-only.do': '在流的消息体回调里修改它自己的消息体。',
  'finding.buffer-refused.not-there.what': '{{buffer}} 在 {{callback}} 里不存在',
  'finding.buffer-refused.not-there.why': '消息体只能在它自己的回调里修改，或在这个插件扣住它的时候修改。',
  'finding.buffer-refused.not-there.do': '在消息体回调里写它。',
  'finding.bad-memory.what': '传给 {{fn}} 的内存无法使用',
  'finding.bad-memory.why': '宿主调用什么都没有做，返回 InvalidMemoryAccess。',
  'finding.bad-memory.do': '让 SDK 来传递指针和长度。',
  'finding.bad-memory.pointer.what': '传给 {{fn}} 的指针在内存之外（{{argument}}）',
  'finding.bad-memory.pointer.why': '{{argument}} 从 {{pointer}} 开始，有 {{size}} 字节；插件的内存在那之前就结束了。',
  'finding.bad-memory.allocator.what': '插件的分配器在 {{fn}} 中失败了',
  'finding.bad-memory.allocator.why':
    '宿主向插件要内存来写入结果（malloc 或 proxy_on_memory_allocate），它没有给出可用的内存：{{detail}}。',
  'finding.bad-memory.allocator.do': '检查分配器，或者看看是什么用完了内存。',
  'finding.unparsable-pairs.what': '传给 {{fn}} 的头部无法解析',
  'finding.unparsable-pairs.why': '宿主把无法解析的键值对当作空列表，并且仍然返回 Ok。',
  'finding.unparsable-pairs.do': '让 SDK 来序列化这些头部。',
  'finding.unknown-context.what': '上下文 {{id}} 已经不存在',
  'finding.unknown-context.why': '它的流已经结束。{{callback}} 里接下来的调用作用于插件的根上下文，而不是那个流。',
  'finding.unknown-context.do': '检查 set_effective_context 的结果，到此为止。',
  'finding.not-implemented.what': 'Proxyground 还没有 {{fn}}',
  'finding.not-implemented.why': '它返回了 Unimplemented，真实的网关不会这样。从这里起，这次运行与真实的不同。',
  'finding.not-implemented.do': '不要相信这个调用之后的结果。',
  'finding.not-implemented.service.what': '{{cluster}} 的类型是 {{kind}}，Proxyground 还不能运行它',
  'finding.not-implemented.service.why': '连接在这里被拒绝；真实的服务会应答。',
  'finding.not-implemented.service.do': '先用 fixed 或 rules 类型的集群代替。',
}
