//go:build wasip1

package proxywasm

import "proxyground.dev/abi/guest"

// The marker of Higress: answers of header callbacks are taken as they are (proxy-wasm-host.md 1).
//
//go:wasmexport proxy_abi_version_0_2_100
func abiVersion() {}

//go:wasmexport proxy_on_redis_call_response
func onRedisCallResponse(context, token, status, responseSize uint32) {
	guest.OnRedisCallResponse(context, token, int(status), int(responseSize))
}
