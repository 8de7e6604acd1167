import { bytes, Header, HttpContext, Json, Log, proxywasm, types, wrapper } from '@proxyground/sdk/higress'
export * from '@proxyground/sdk/higress/proxy'

class Config {
  requestPath: string = '/'
  client: wrapper.ClusterClient | null = null
}

wrapper.SetCtx<Config>('auth', [
  wrapper.ParseConfigBy<Config>(parseConfig),
  wrapper.ProcessRequestHeadersBy<Config>(onRequestHeaders),
])

function parseConfig(json: Json, config: Config, log: Log): Error | null {
  const name = json.Get('serviceName').String()
  const domain = json.Get('domain').String()
  if (name == '' || domain == '') return new Error('serviceName and domain are required')
  config.requestPath = json.Get('requestPath').String()
  const cluster = new wrapper.DnsCluster(name, domain, json.Get('servicePort').Int())
  config.client = wrapper.NewClusterClient(cluster)
  return null
}

function onRequestHeaders(ctx: HttpContext, config: Config, log: Log): types.Action {
  const client = config.client
  if (client === null) return types.HeaderContinue
  const token = proxywasm.GetHttpRequestHeader('authorization')
  const failed = client.Get(config.requestPath, [['authorization', token]], onAnswer, 1000)
  if (failed !== null) {
    // Not sent, so no answer will come: do not wait for one.
    proxywasm.SendHttpResponse(503, [], bytes('auth service unavailable'), -1)
    return types.HeaderContinue
  }
  // Holds the headers and the body, on a GET and on a POST, until the answer resumes the request.
  return types.HeaderStopAllIterationAndWatermark
}

function onAnswer(ctx: HttpContext, statusCode: i32, headers: Header, body: ArrayBuffer): void {
  if (statusCode == 200) {
    proxywasm.ReplaceHttpRequestHeader('x-user', headers.Get('x-user'))
    proxywasm.ResumeHttpRequest()
    return
  }
  proxywasm.SendHttpResponseWithDetail(statusCode == 401 ? 401 : 503, 'auth.denied', [], bytes('denied'), -1)
}
