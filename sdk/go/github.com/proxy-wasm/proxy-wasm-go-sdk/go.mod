module github.com/proxy-wasm/proxy-wasm-go-sdk

go 1.24.0

require proxyground.dev/abi v0.0.0
