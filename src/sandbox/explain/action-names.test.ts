import { expect, test } from 'vitest'
import { sdkActionName } from './action-names.ts'

test.each<[language: string, abi: string, callback: string, returned: number, name: string]>([
  ['go', '0_2_100', 'proxy_on_request_headers', 0, 'ActionContinue'],
  ['go', '0_2_100', 'proxy_on_request_headers', 1, 'HeaderStopIteration'],
  ['go', '0_2_100', 'request_headers', 4, 'HeaderStopAllIterationAndWatermark'],
  ['go', '0_2_100', 'proxy_on_response_body', 3, 'DataStopIterationNoBuffer'],
  ['go', '0_2_100', 'proxy_on_request_trailers', 1, 'ActionPause'],
  ['tinygo', '0_2_0', 'proxy_on_request_headers', 1, 'ActionPause'],
  ['go', '0_2_0', 'proxy_on_request_headers', 4, '4'],
  ['rust', '0_2_1', 'proxy_on_request_headers', 1, 'Action::Pause'],
  ['rust', '0_2_100', 'proxy_on_request_headers', 1, 'HeaderAction::StopIteration'],
  ['rust', '0_2_100', 'proxy_on_request_body', 1, 'DataAction::StopIterationAndBuffer'],
  ['assemblyscript', '0_2_1', 'proxy_on_request_headers', 1, 'HeaderAction.StopIteration'],
  ['assemblyscript', '0_2_1', 'proxy_on_request_trailers', 0, 'TrailersAction.Continue'],
  ['c++', '0_2_1', 'proxy_on_request_body', 1, 'FilterDataStatus::StopIterationAndBuffer'],
  ['wat', '0_2_1', 'proxy_on_request_headers', 1, '1'],
  ['go', '0_2_100', 'proxy_on_log', 0, '0'],
  ['go', '0_2_100', 'proxy_on_request_headers', 99, '99'],
])('%s %s %s %d is %s', (language, abi, callback, returned, name) => {
  expect(sdkActionName(language, abi, callback, returned)).toBe(name)
})
