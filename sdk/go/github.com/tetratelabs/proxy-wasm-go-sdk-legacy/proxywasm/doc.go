// Package proxywasm is the oldest form of the API of Proxy-Wasm plugins for TinyGo (2021, up to v0.1): contexts are
// registered with SetNewRootContext, SetNewHttpContext and SetNewStreamContext and embed DefaultRootContext,
// DefaultHttpContext and DefaultStreamContext. Programs import it as github.com/tetratelabs/proxy-wasm-go-sdk/proxywasm;
// Proxyground takes this module for them when they use its names.
package proxywasm
