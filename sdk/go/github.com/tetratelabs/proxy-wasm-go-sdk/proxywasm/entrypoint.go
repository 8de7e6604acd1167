package proxywasm

import (
	"proxyground.dev/abi/guest"

	"github.com/tetratelabs/proxy-wasm-go-sdk/proxywasm/types"
)

// SetVMContext registers the module. Call it in main, or in init.
func SetVMContext(ctx types.VMContext) {
	guest.SetVM(ctx)
}
