module proxyground.dev/guests

go 1.24.0

require (
	github.com/higress-group/proxy-wasm-go-sdk v0.0.0
	github.com/proxy-wasm/proxy-wasm-go-sdk v0.0.0
	github.com/tetratelabs/proxy-wasm-go-sdk v0.0.0
	github.com/tetratelabs/proxy-wasm-go-sdk-legacy v0.0.0
)
