import type { HostFunction } from '../host-function.ts'
import { emscriptenNotifyMemoryGrowth } from './emscripten_notify_memory_growth.ts'
import { proxyAddHeaderMapValue } from './proxy_add_header_map_value.ts'
import { proxyCallForeignFunction } from './proxy_call_foreign_function.ts'
import { proxyCloseStream } from './proxy_close_stream.ts'
import { proxyContinueStream } from './proxy_continue_stream.ts'
import { proxyDefineMetric } from './proxy_define_metric.ts'
import { proxyDequeueSharedQueue } from './proxy_dequeue_shared_queue.ts'
import { proxyDone } from './proxy_done.ts'
import { proxyEnqueueSharedQueue } from './proxy_enqueue_shared_queue.ts'
import { proxyGetBufferBytes } from './proxy_get_buffer_bytes.ts'
import { proxyGetBufferStatus } from './proxy_get_buffer_status.ts'
import { proxyGetCurrentTimeNanoseconds } from './proxy_get_current_time_nanoseconds.ts'
import { proxyGetHeaderMapPairs } from './proxy_get_header_map_pairs.ts'
import { proxyGetHeaderMapSize } from './proxy_get_header_map_size.ts'
import { proxyGetHeaderMapValue } from './proxy_get_header_map_value.ts'
import { proxyGetLogLevel } from './proxy_get_log_level.ts'
import { proxyGetMetric } from './proxy_get_metric.ts'
import { proxyGetProperty } from './proxy_get_property.ts'
import { proxyGetSharedData } from './proxy_get_shared_data.ts'
import { proxyGetStatus } from './proxy_get_status.ts'
import { proxyGrpcCall } from './proxy_grpc_call.ts'
import { proxyGrpcCancel } from './proxy_grpc_cancel.ts'
import { proxyGrpcClose } from './proxy_grpc_close.ts'
import { proxyGrpcSend } from './proxy_grpc_send.ts'
import { proxyGrpcStream } from './proxy_grpc_stream.ts'
import { proxyHttpCall } from './proxy_http_call.ts'
import { proxyIncrementMetric } from './proxy_increment_metric.ts'
import { proxyLog } from './proxy_log.ts'
import { proxyRecordMetric } from './proxy_record_metric.ts'
import { proxyRegisterSharedQueue } from './proxy_register_shared_queue.ts'
import { proxyRemoveHeaderMapValue } from './proxy_remove_header_map_value.ts'
import { proxyReplaceHeaderMapValue } from './proxy_replace_header_map_value.ts'
import { proxyResolveSharedQueue } from './proxy_resolve_shared_queue.ts'
import { proxySendLocalResponse } from './proxy_send_local_response.ts'
import { proxySetBufferBytes } from './proxy_set_buffer_bytes.ts'
import { proxySetEffectiveContext } from './proxy_set_effective_context.ts'
import { proxySetHeaderMapPairs } from './proxy_set_header_map_pairs.ts'
import { proxySetProperty } from './proxy_set_property.ts'
import { proxySetSharedData } from './proxy_set_shared_data.ts'
import { proxySetTickPeriodMilliseconds } from './proxy_set_tick_period_milliseconds.ts'
import { pthreadEqual } from './pthread_equal.ts'

/** Every function of module `env` that upstream Envoy has for ABI 0.2.1 and plugins call. */
export const hostFunctions: readonly HostFunction[] = [
  proxyLog,
  proxyGetCurrentTimeNanoseconds,
  proxySetTickPeriodMilliseconds,
  proxyGetStatus,
  proxyGetLogLevel,
  proxyDone,
  proxyGetHeaderMapValue,
  proxyGetHeaderMapPairs,
  proxyGetHeaderMapSize,
  proxyAddHeaderMapValue,
  proxyReplaceHeaderMapValue,
  proxyRemoveHeaderMapValue,
  proxySetHeaderMapPairs,
  proxyGetBufferBytes,
  proxyGetBufferStatus,
  proxySetBufferBytes,
  proxyGetProperty,
  proxySetProperty,
  proxyContinueStream,
  proxyCloseStream,
  proxySendLocalResponse,
  proxyGetSharedData,
  proxySetSharedData,
  proxyRegisterSharedQueue,
  proxyResolveSharedQueue,
  proxyEnqueueSharedQueue,
  proxyDequeueSharedQueue,
  proxyDefineMetric,
  proxyIncrementMetric,
  proxyRecordMetric,
  proxyGetMetric,
  proxyHttpCall,
  proxySetEffectiveContext,
  proxyCallForeignFunction,
  proxyGrpcCall,
  proxyGrpcStream,
  proxyGrpcSend,
  proxyGrpcCancel,
  proxyGrpcClose,
  pthreadEqual,
  emscriptenNotifyMemoryGrowth,
]
