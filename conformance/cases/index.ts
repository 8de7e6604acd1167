import type { ProbeCase } from '../observed.ts'
import { abiCases } from './abi.ts'
import { attributeCases } from './attributes.ts'
import { bodyCases } from './body.ts'
import { chainCases } from './chain.ts'
import { codecCases } from './codec.ts'
import { controlCases } from './control.ts'
import { failureCases } from './failure.ts'
import { faultCases } from './faults.ts'
import { foreignCases } from './foreign.ts'
import { foundCases } from './found.ts'
import { grpcCases } from './grpc.ts'
import { headerMapCases } from './header-map.ts'
import { hostFunctions } from './host/index.ts'
import { casesOf } from './host-function.ts'
import { httpCallCases } from './http-call.ts'
import { http2Cases } from './http2.ts'
import { localReplyCases } from './local-reply.ts'
import { observedCases } from './observed-rows.ts'
import { passingCases } from './passing.ts'
import { propertiesCases } from './properties.ts'
import { queueCases } from './queue.ts'
import { replacedBodyCases } from './replaced-body.ts'
import { sharedDataAndMetricsCases } from './shared-data-and-metrics.ts'
import { signatureCases } from './signature.ts'
import { sizesAndTimeCases } from './sizes-and-time.ts'
import { requestBodyStatusCases } from './status-request-body.ts'
import { requestHeadersStatusCases } from './status-request-headers.ts'
import { requestTrailersStatusCases } from './status-request-trailers.ts'
import { responseBodyStatusCases } from './status-response-body.ts'
import { responseHeadersStatusCases } from './status-response-headers.ts'
import { responseTrailersStatusCases } from './status-response-trailers.ts'
import { upstreamCases } from './upstream.ts'

/** By the file they stand in; what Envoy 1.40 did is kept in a file of the same name. */
export const caseGroups: Readonly<Record<string, readonly ProbeCase[]>> = {
  passing: passingCases,
  'http-call': httpCallCases,
  'local-reply': localReplyCases,
  'replaced-body': replacedBodyCases,
  properties: propertiesCases,
  attributes: attributeCases,
  'shared-data-and-metrics': sharedDataAndMetricsCases,
  'header-map': headerMapCases,
  chain: chainCases,
  failure: failureCases,
  faults: faultCases,
  body: bodyCases,
  control: controlCases,
  codec: codecCases,
  http2: http2Cases,
  queue: queueCases,
  upstream: upstreamCases,
  foreign: foreignCases,
  signature: signatureCases,
  abi: abiCases,
  grpc: grpcCases,
  'sizes-and-time': sizesAndTimeCases,
  found: foundCases,
  'observed-rows': observedCases,
  'status-request-headers': requestHeadersStatusCases,
  'status-request-body': requestBodyStatusCases,
  'status-request-trailers': requestTrailersStatusCases,
  'status-response-headers': responseHeadersStatusCases,
  'status-response-body': responseBodyStatusCases,
  'status-response-trailers': responseTrailersStatusCases,
  ...Object.fromEntries(hostFunctions.map((each) => [each.name, casesOf(each)])),
}

export const cases: readonly ProbeCase[] = Object.values(caseGroups).flat()
