/** What a header callback tells the filter chain. */
export enum HeaderAction {
  /** On to the next filter. */
  Continue = 0,
  /**
   * In a module with the marker 0_2_1 a gateway makes `StopAllIterationAndWatermark` of it. In a Higress module
   * (0_2_100) only the headers stop: the body still comes to this filter, and its `Continue` lets both go.
   */
  StopIteration = 1,
  /** Kept for completeness; today's gateways treat it as Continue. */
  ContinueAndEndStream = 2,
  /** Nothing more is delivered until `resumeRequest`; the body is buffered (413 when it grows too large). */
  StopAllIterationAndBuffer = 3,
  /** Nothing more is delivered until `resumeRequest`; the sender is slowed down. The right one to wait for a call. */
  StopAllIterationAndWatermark = 4,
}

/** What a body callback tells the filter chain. */
export enum DataAction {
  Continue = 0,
  /** Keep the data and call again with more: the whole body is there when `endOfStream` is true. */
  StopIterationAndBuffer = 1,
  /** The same, slowing the sender down at the limit instead of refusing the body. */
  StopIterationAndWatermark = 2,
  /** Swallow this chunk. */
  StopIterationNoBuffer = 3,
}

/** What a trailers callback tells the filter chain. */
export enum TrailersAction {
  Continue = 0,
  StopIteration = 1,
}
