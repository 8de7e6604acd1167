package hostcall

// Map types (proxy-wasm-host.md 4).
const (
	RequestHeaders       uint32 = 0
	RequestTrailers      uint32 = 1
	ResponseHeaders      uint32 = 2
	ResponseTrailers     uint32 = 3
	CallResponseHeaders  uint32 = 6
	CallResponseTrailers uint32 = 7
)

// Buffer types (proxy-wasm-host.md 4). RedisResponse exists on Higress only.
const (
	RequestBody         uint32 = 0
	ResponseBody        uint32 = 1
	DownstreamData      uint32 = 2
	UpstreamData        uint32 = 3
	CallResponseBody    uint32 = 4
	VMConfiguration     uint32 = 6
	PluginConfiguration uint32 = 7
	RedisResponse       uint32 = 9
)

// Stream types (proxy-wasm-host.md 4).
const (
	RequestStream    uint32 = 0
	ResponseStream   uint32 = 1
	DownstreamStream uint32 = 2
	UpstreamStream   uint32 = 3
)

// Metric types (proxy-wasm-host.md 4).
const (
	Counter   uint32 = 0
	Gauge     uint32 = 1
	Histogram uint32 = 2
)

// Log levels (proxy-wasm-host.md 4).
const (
	LevelTrace    uint32 = 0
	LevelDebug    uint32 = 1
	LevelInfo     uint32 = 2
	LevelWarn     uint32 = 3
	LevelError    uint32 = 4
	LevelCritical uint32 = 5
)
