package proxywasm

import (
	"proxyground.dev/abi/guest"

	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/types"
)

// SetVMContext registers the module. Call it in init: a module built with -buildmode=c-shared does not run main.
func SetVMContext(ctx types.VMContext) {
	guest.SetVM(ctx)
}
