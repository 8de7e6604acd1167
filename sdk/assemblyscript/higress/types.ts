/** Go's `types` package: what a handler returns to the filter chain. */
export type Action = u32

export const ActionContinue: Action = 0
export const ActionPause: Action = 1

export const HeaderContinue: Action = 0
/** The headers wait here, the body still comes to this plugin; its Continue lets both go. Do not use it to wait for a call. */
export const HeaderStopIteration: Action = 1
export const HeaderContinueAndEndStream: Action = 2
/** Everything waits and the body is buffered, until ResumeHttpRequest. */
export const HeaderStopAllIterationAndBuffer: Action = 3
/** Everything waits and the sender is slowed down, until ResumeHttpRequest. The one to wait for a call with. */
export const HeaderStopAllIterationAndWatermark: Action = 4

export const DataContinue: Action = 0
export const DataStopIterationAndBuffer: Action = 1
export const DataStopIterationAndWatermark: Action = 2
export const DataStopIterationNoBuffer: Action = 3
