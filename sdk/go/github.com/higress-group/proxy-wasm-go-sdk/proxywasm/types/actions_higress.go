package types

// Answers of the header callbacks. Higress modules (ABI 0_2_100) give them to the gateway as they are.
const (
	// HeaderContinue lets the headers go on.
	HeaderContinue Action = 0
	// HeaderStopIteration holds the headers here. The body still reaches this plugin: when its body callback returns
	// DataContinue, or if it has none, headers and body go on.
	HeaderStopIteration Action = 1
	// HeaderContinueAndEndStream counts as HeaderContinue on present gateways.
	HeaderContinueAndEndStream Action = 2
	// HeaderStopAllIterationAndBuffer holds headers and body until the stream is resumed; a body over the buffer limit
	// is answered with 413 (request) or 500 (response).
	HeaderStopAllIterationAndBuffer Action = 3
	// HeaderStopAllIterationAndWatermark holds headers and body until the stream is resumed; over the buffer limit the
	// sender is paused. The right answer while an HTTP or Redis call runs.
	HeaderStopAllIterationAndWatermark Action = 4
)

// Answers of the body callbacks.
const (
	// DataContinue lets the data go on, with all that was held.
	DataContinue Action = 0
	// DataStopIterationAndBuffer keeps the data; over the buffer limit the request fails.
	DataStopIterationAndBuffer Action = 1
	// DataStopIterationAndWatermark keeps the data; over the buffer limit the sender is paused.
	DataStopIterationAndWatermark Action = 2
	// DataStopIterationNoBuffer throws the data away; InjectEncodedDataToFilterChain can send other data.
	DataStopIterationNoBuffer Action = 3
)
