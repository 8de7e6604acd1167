module proxyground.dev/guests

go 1.24.0

require github.com/higress-group/proxy-wasm-go-sdk v0.0.0
