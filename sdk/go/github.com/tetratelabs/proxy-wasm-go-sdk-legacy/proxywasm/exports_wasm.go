//go:build wasip1

package proxywasm

// The marker of ABI 0.2.0: the gateway takes ActionPause of a header callback for "hold headers and body"
// (proxy-wasm-host.md 1).
//
//go:wasmexport proxy_abi_version_0_2_0
func abiVersion() {}
