import { Header, HttpContext, log, proxywasm, types, wrapper } from '@proxyground/sdk/higress'
export * from '@proxyground/sdk/higress/proxy'

class Config {}

const client = wrapper.NewClusterClient(new wrapper.DnsCluster('auth', 'auth.example.com', 80))

wrapper.SetCtx<Config>('auth', [wrapper.ProcessRequestHeaders<Config>(onRequestHeaders)])

function onRequestHeaders(ctx: HttpContext, config: Config): types.Action {
  const failed = client.Get('/check', [], onAnswer, 1000)
  return failed === null ? types.HeaderStopAllIterationAndWatermark : types.HeaderContinue
}

function onAnswer(ctx: HttpContext, statusCode: i32, headers: Header, body: ArrayBuffer): void {
  if (statusCode == 200) {
    proxywasm.ResumeHttpRequest()
  } else {
    // The mistake: this branch neither resumes the request nor answers it.
    log.Warn('not allowed: ' + statusCode.toString())
  }
}
