module github.com/tetratelabs/proxy-wasm-go-sdk-legacy

go 1.24.0

require proxyground.dev/abi v0.0.0
