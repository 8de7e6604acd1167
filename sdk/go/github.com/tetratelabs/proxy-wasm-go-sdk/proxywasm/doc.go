// Package proxywasm is the API of Proxy-Wasm plugins for TinyGo: an implementation of the public names of
// github.com/tetratelabs/proxy-wasm-go-sdk v0.24.0 for Proxyground, which builds it with Go and runs main after all
// init functions.
package proxywasm
