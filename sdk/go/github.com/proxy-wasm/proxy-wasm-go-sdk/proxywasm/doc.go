// Package proxywasm is the API of Proxy-Wasm plugins in Go: an implementation of the public names of
// github.com/proxy-wasm/proxy-wasm-go-sdk for Proxyground. Register in init, for a module built with
// -buildmode=c-shared does not run main.
package proxywasm
