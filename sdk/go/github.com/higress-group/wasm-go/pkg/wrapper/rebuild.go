package wrapper

import (
	"encoding/binary"

	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
	"github.com/higress-group/wasm-go/pkg/log"
)

// When the host shall replace this VM; zero means never.
type rebuildPolicy struct {
	afterRequests uint64
	maxMemory     uint64
}

// Asks for a new VM when the policy says so. It runs once for each request.
func (ctx *pluginCtx) rebuildIfDue() {
	policy := ctx.vm.rebuild
	if policy.afterRequests > 0 {
		ctx.handledRequests++
		if ctx.handledRequests >= policy.afterRequests {
			ctx.handledRequests = 0
			log.Infof("the VM is rebuilt after %d requests", policy.afterRequests)
			requestRebuild()
			return
		}
	}
	if policy.maxMemory == 0 {
		return
	}
	value, err := proxywasm.GetProperty([]string{"plugin_vm_memory"})
	if err != nil || len(value) != 8 {
		return
	}
	if used := binary.LittleEndian.Uint64(value); used >= policy.maxMemory {
		log.Infof("the VM is rebuilt: it uses %d bytes, the limit is %d", used, policy.maxMemory)
		requestRebuild()
	}
}

func requestRebuild() {
	if err := proxywasm.SetProperty([]string{"wasm_need_rebuild"}, []byte("true")); err != nil {
		log.Errorf("failed to ask for a new VM: %v", err)
	}
}
