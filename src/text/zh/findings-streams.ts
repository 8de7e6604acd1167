import type { streamFindings as english } from '../en/findings-streams.ts'

export const streamFindings: Record<keyof typeof english, string> = {
  'finding.hung.what': '{{plugin}} 扣住了{{direction}}，没有什么会恢复它',
  'finding.hung.why': '{{callback}} 返回了 {{sdkName}}，而没有任何进行中的事情能对这个流调用 continue。',
  'finding.hung.do': '在这条路径上返回 Continue，或者发起一个会在回调里恢复流的操作。',
  'finding.hung.probable': '这次运行里还有别的事在继续（例如定时器），但在等待期间都没有恢复这个流。',
  'finding.hung.answered.what': '{{plugin}} 仍然扣着{{direction}}：{{cluster}} 已经应答，但没有恢复流',
  'finding.hung.answered.why':
    '{{callback}} 返回 {{sdkName}} 来等待 {{cluster}}。应答（{{answer}}）已经到达插件，回调结束时既没有 continue，也没有发送本地应答。',
  'finding.hung.answered.do': '在应答回调的每个分支里都要恢复流或发送本地应答，出错的分支也不例外。',
  'finding.hung.refused.what': '{{plugin}} 为了一个根本没有发出的调用扣住了{{direction}}',
  'finding.hung.refused.why':
    '对 {{cluster}} 的调用当场被拒绝（{{status}}），它的回调不会运行；{{callback}} 却仍然返回了 {{sdkName}}。',
  'finding.hung.refused.do': '检查调用返回的错误：失败时返回 Continue，或发送本地应答。',
  'finding.hung.open.what': '{{plugin}} 扣住{{direction}}等待 {{cluster}} 应答，而它一直没有应答',
  'finding.hung.open.why': '对 {{cluster}} 的调用没有超时来结束它，服务也没有发回任何内容。',
  'finding.hung.open.do': '给调用设置超时。超时后回调会以状态 504 运行，由它来决定。',
  'finding.hung.no-body.what': '{{plugin}} 扣住{{direction}}头等待一个不会到来的消息体',
  'finding.hung.no-body.why':
    '{{callback}} 返回 {{sdkName}} 时流已经结束。没有消息体就没有消息体回调，因此没有什么会放行这些头部。',
  'finding.hung.no-body.do': '只有存在消息体时才停下：先看回调的 end of stream 参数。',
  'finding.hung.body-end.what': '{{plugin}} 在最后一块之后仍然扣着{{direction}}体',
  'finding.hung.body-end.why':
    '{{callback}} 在流结束时返回了 {{sdkName}}。之后不会再有消息体回调，也没有进行中的调用。',
  'finding.hung.body-end.do': '到达流结束时返回 Continue。',
  'finding.hung.upstream.what': '{{cluster}} 没有应答，也没有超时来结束等待',
  'finding.hung.upstream.why': '没有插件扣住这个流：网关在等待上游的{{direction}}。',
  'finding.hung.upstream.do': '给路由设置超时，或者让服务应答。',

  'finding.header-stop-released.what': '{{plugin}} 停住了头部，但它的消息体回调把{{direction}}放行了',
  'finding.header-stop-released.why':
    '在 ABI 为 0_2_100 的模块里，{{sdkName}} 只扣住头部：消息体仍然会到达 {{plugin}}，在那里返回 Continue 就把两者一起放行。此时 {{cluster}} 还没有应答，它的回调已经改变不了什么。',
  'finding.header-stop-released.do': '返回 {{wanted}}：它会扣住头部和消息体，直到流被恢复。',

  'finding.header-stop-converted.what': '{{callback}} 返回的 {{sdkName}} 在这里等于 StopAllIterationAndWatermark',
  'finding.header-stop-converted.why':
    '在这个网关上，ABI {{abi}} 的头部回调返回 1 会被转换为 4：头部和消息体都被扣住，直到流被恢复。',
  'finding.header-stop-converted.do':
    '如果这正是你的意思，就不用改。在 ABI 为 0_2_100 的模块里，同样的数字只扣住头部。',

  'finding.trap.what': '{{plugin}} 在 {{callback}} 中陷入 trap：{{kind}}',
  'finding.trap.why': 'trap 会终结整个 VM：其中的每个插件和每个流从此都算失败。网关的说法：{{message}}。',
  'finding.trap.do': '从 {{function}} 看起，它是调用栈最内层的函数。',
  'finding.trap.stack-overflow.why': 'VM 的栈用完了，多半是某个函数在调用自己。整个 VM 从此都算失败。',
  'finding.trap.out-of-memory.why': '插件申请的内存超过了上限。整个 VM 从此都算失败。',
  'finding.trap.restricted-callback.why':
    '模块启动期间（_initialize、_start 或 main），宿主只允许写日志和少数系统函数；其他宿主调用都会 trap。',
  'finding.trap.restricted-callback.do': '把这个调用移到回调里，例如 on_configure。',
  'finding.trap.host-abort.why': '宿主主动结束了这次调用：{{message}}',
  'finding.trap.go-panic.what': '{{plugin}} 在 {{callback}} 中 panic：{{message}}',
  'finding.trap.go-panic.why': '没有代码 recover 这个 panic，它终结了整个 VM：其中的每个插件和每个流从此都算失败。',
  'finding.trap.go-fatal.what': 'Go 运行时在 {{plugin}} 的 {{callback}} 中放弃了：{{message}}',
  'finding.trap.go-fatal.why':
    'Go 运行时的 fatal error 无法用 recover 捕获。它终结了整个 VM：其中的每个插件和每个流从此都算失败。',
  'finding.trap.go-not-registered.what': '{{plugin}} 在 main 里注册，而 main 从不运行',
  'finding.trap.go-not-registered.why':
    '用 -buildmode=c-shared 构建的 Go 模块只运行 init 函数。如果用 TinyGo，main 会运行。',
  'finding.trap.go-not-registered.do': '把 main 的内容移到 func init() 里，main 留空。',

  'finding.recovered-panic.what': '{{plugin}} 在 {{callback}} 中 panic，被 SDK 捕获：{{message}}',
  'finding.recovered-panic.why': '回调随后返回 Continue，请求继续，就像插件什么也没做。',
  'finding.recovered-panic.do':
    '从 {{function}} 看起。在插件的环境变量里设 WASM_DISABLE_PANIC_RECOVERY=true，这样的 panic 会终结 VM。',

  'finding.stale-length.what': '{{direction}}体有 {{actual}} 字节，而 content-length 写的是 {{length}}',
  'finding.stale-length.why':
    '{{plugin}} 在 {{callback}} 里修改了消息体。网关不会更正 content-length，而这个头部已经带着旧数字离开了。',
  'finding.stale-length.do': '在头部回调里删除 content-length：消息体就会分块发送。',
  'finding.stale-length.longer.why':
    '{{plugin}} 在 {{callback}} 里修改了消息体。网关不会更正 content-length：接收方只取 {{length}} 字节，读不懂其余的部分。',
  'finding.stale-length.shorter.why':
    '{{plugin}} 在 {{callback}} 里修改了消息体。网关不会更正 content-length：接收方一直等待 {{length}} 字节，而它们不会到来。',

  'finding.kills-envoy.what': '这个调用会让真实的 Envoy 崩溃',
  'finding.kills-envoy.why': 'Envoy 1.40 和 1.36 在这里崩溃：进程结束，所有连接随之断开。模拟器继续运行。',
  'finding.kills-envoy.do': '去掉这个调用。',
  'finding.kills-envoy.response-not-there.why':
    '{{plugin}} 在 {{callback}} 里恢复响应，而此时还没有响应。Envoy 1.40 和 1.36 在这里崩溃：进程结束，所有连接随之断开。模拟器什么也不做。',
  'finding.kills-envoy.response-not-there.do':
    '响应到来之前应恢复请求（stream 0；wasm-go 用 proxywasm.ResumeHttpRequest）。',
  'finding.kills-envoy.reply-at-the-end.what': '在 {{callback}} 里发送本地响应会让真实的 Envoy 崩溃',
  'finding.kills-envoy.reply-at-the-end.why':
    '流已经结束，没有可以应答的对象。Envoy 1.40 和 1.36 在这里崩溃：进程结束，所有连接随之断开。模拟器什么也不做。',
  'finding.kills-envoy.reply-at-the-end.do': '在头部或消息体回调里应答，或在那里发出的调用的应答里应答。',
  'finding.kills-envoy.close-at-the-end.what': '在 {{callback}} 里关闭流会让真实的 Envoy 崩溃',
  'finding.kills-envoy.close-at-the-end.why':
    '流已经结束。Envoy 1.40 和 1.36 会反复调用插件，直到崩溃：进程结束，所有连接随之断开。模拟器什么也不做。',
  'finding.kills-envoy.close-at-the-end.do': '在这里去掉它：已经没有可关闭的东西。',
  'finding.kills-envoy.close-after-reply.what': '本地响应之后再关闭流会让真实的 Envoy 崩溃',
  'finding.kills-envoy.close-after-reply.why':
    '在响应阶段，本地响应已经结束了流。Envoy 1.40 和 1.36 在这里崩溃：进程结束，所有连接随之断开。模拟器重置这个流。',
  'finding.kills-envoy.close-after-reply.do': '去掉 close_stream：本地响应会结束流。',
  'finding.kills-envoy.ended-twice.what': '在 {{callback}} 中两次结束流会让真实的 Envoy 崩溃',
  'finding.kills-envoy.ended-twice.why':
    '在响应阶段，第一次应答或关闭已经结束了流。Envoy 1.40 和 1.36 在这里崩溃：进程结束，所有连接随之断开。模拟器以第一次为准。',
  'finding.kills-envoy.ended-twice.do': '第一次之后立即返回。',
  'finding.kills-envoy.continue-in-trailers.what': '在 {{callback}} 里继续响应会让真实的 Envoy 崩溃',
  'finding.kills-envoy.continue-in-trailers.why':
    'trailer 已经在路上，再发送一次会让 Envoy 1.40 和 1.36 崩溃：进程结束，所有连接随之断开。这里该调用不起作用。',
  'finding.kills-envoy.continue-in-trailers.do': '返回 Continue，trailer 就会继续前进。',
  'finding.kills-envoy.close-in-trailers.what': '在 {{callback}} 里关闭流会让真实的 Envoy 1.36 崩溃',
  'finding.kills-envoy.close-in-trailers.why':
    'Envoy 1.36 在这里崩溃，1.40 不会：进程结束，所有连接随之断开。这里流就此结束。',
  'finding.kills-envoy.close-in-trailers.do': '在更早的回调里关闭流，或者让它自然结束。',
  'finding.kills-envoy.gone-body.what': '{{plugin}} 访问了真实的 Envoy 已释放的数据',
  'finding.kills-envoy.gone-body.why':
    '回调把这段数据留住但没有缓冲（返回了 2 或 3），回调返回后内存就没有了。Envoy 1.40 和 1.36 在这里崩溃，或者读到碰巧在那里的内容。',
  'finding.kills-envoy.gone-body.do': '返回 Pause (1)，让数据保留到继续为止；或者在回调内复制所需内容。',
  'finding.kills-envoy.grpc-no-target.what': '这个 gRPC 调用会让真实的 Envoy 崩溃',
  'finding.kills-envoy.grpc-no-target.why':
    '服务的字节被读作一条没有写明集群的 GrpcService 消息；空名称如此，echos 这样的名称也如此。Envoy 1.40 和 1.36 在这里崩溃：进程结束，所有连接随之断开。模拟器拒绝这个调用。',
  'finding.kills-envoy.grpc-no-target.do': '写集群的名称，或带有 envoy_grpc.cluster_name 的 GrpcService 消息。',
  'finding.body-skipped.what': '{{plugin}} 的 {{callback}} 没有运行',
  'finding.body-skipped.why': '这个{{direction}}没有消息体：它的头部就结束了流，因此没有消息体回调。',
  'finding.body-skipped.do': '没有消息体也必须做的事放在头部回调里；它的 end of stream 参数会说明。',
  'finding.body-skipped.content-encoding.what':
    '{{plugin}} 没有处理这个{{direction}}体（content-encoding: {{encoding}}）',
  'finding.body-skipped.content-encoding.why':
    '它的回调运行了，但什么也没有读。消息带有 content-encoding 时，Higress 的 SDK 会跳过消息体处理函数。',
  'finding.body-skipped.content-encoding.do': '在请求里删除 accept-encoding，让上游以明文应答。',
  'finding.body-skipped.content-encoding-only.what': '{{direction}}体带有 content-encoding: {{encoding}}',
  'finding.body-skipped.content-encoding-only.why':
    '{{callback}} 运行了，但什么也没有读。如果 {{plugin}} 有处理这个消息体的函数，那么 Higress SDK 跳过了它：只要有 content-encoding 就会这样。',
  'finding.body-skipped.content-encoding-only.do': '在请求里删除 accept-encoding，让上游以明文应答。',

  'finding.resume-after-reply.what': '{{plugin}} 恢复了一个它已经用 {{status}} 应答的请求',
  'finding.resume-after-reply.why': '本地应答之后请求就结束了：恢复它没有作用，应答之后的代码还可能抵消应答的意图。',
  'finding.resume-after-reply.do': '发出应答后立即返回，只在另一条路径上恢复。',

  'finding.local-reply-lost.what': '第二个本地应答（{{status}}）被忽略了',
  'finding.local-reply-lost.why': '这个流已经有一个应答。第一个有效，而宿主调用仍然返回 Ok。',
  'finding.local-reply-lost.do': '第一个应答之后立即返回。',
  'finding.local-reply-lost.too-late.what': '本地应答 {{status}} 来得太晚，流被重置',
  'finding.local-reply-lost.too-late.why': '响应头已经发往客户端。不会有第二个响应，因此连接被切断。',
  'finding.local-reply-lost.too-late.do': '在响应头继续之前应答：在请求阶段，或在响应头回调里。',

  'finding.guest-slept.what': '{{plugin}} 在 {{callback}} 里睡眠了 {{milliseconds}} 毫秒',
  'finding.guest-slept.why': '网关在 worker 自己的线程上运行插件。它睡眠时，这个 worker 的所有连接都停住。',
  'finding.guest-slept.do': '使用定时器或调用的超时，并在那里恢复流。',
  'finding.log-hidden.what': '{{plugin}} 有 {{count}} 行日志被级别隐藏（{{levels}}）',
  'finding.log-hidden.why': '由宿主按级别过滤；无论是否打印，调用都返回 Ok。',
  'finding.log-hidden.do': '在 proxyground.yaml 里设置 logLevel，就能像网关打印的那样看到它们。',
  'finding.run-cut.what': '这次运行被提前结束',
  'finding.run-cut.why': '{{detail}}',
  'finding.run-cut.do': '把场景缩小一些。',
  'finding.run-cut.events-dropped.what': '轨迹已满：有 {{count}} 个事件没有保留',
  'finding.run-cut.events-dropped.why': '它们会显示的内容不在这些解释之中。',
  'finding.run-cut.deadline.what': '时限结束了这次运行',
  'finding.run-cut.deadline.why': '有一个回调没有按时返回。真实的网关没有这个时限：它的 worker 会卡住。',
  'finding.run-cut.deadline.do': '在轨迹的最后一个回调里寻找不会结束的循环。',
  'finding.run-cut.loop-bound.what': '这次运行在原地打转，已被停止',
  'finding.run-cut.loop-bound.why': '每一轮都不经过时间就开始下一轮：{{detail}}',
  'finding.run-cut.loop-bound.do': '结束这一串调用，或让它们之间经过一些时间。',
}
