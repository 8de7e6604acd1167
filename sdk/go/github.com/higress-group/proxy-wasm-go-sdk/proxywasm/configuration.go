package proxywasm

import (
	"math"

	"proxyground.dev/abi/hostcall"
)

// GetVMConfiguration is the configuration of the VM (vm_config.configuration); ErrorStatusNotFound if it is empty.
func GetVMConfiguration() ([]byte, error) {
	return hostcall.GetBuffer(hostcall.VMConfiguration, 0, math.MaxInt32)
}

// GetPluginConfiguration is the plugin's configuration, JSON on Higress; ErrorStatusNotFound if it is empty. Only during
// OnPluginStart.
func GetPluginConfiguration() ([]byte, error) {
	return hostcall.GetBuffer(hostcall.PluginConfiguration, 0, math.MaxInt32)
}

// SetTickPeriodMilliSeconds starts or changes the timer that calls OnTick; 0 stops it.
func SetTickPeriodMilliSeconds(millSec uint32) error {
	return hostcall.SetTickPeriod(millSec)
}

// PluginDone tells the gateway that a plugin context that answered false in OnPluginDone is ready now.
func PluginDone() {
	hostcall.Done()
}

// SetEffectiveContext makes the calls of the current callback act on another context, e.g. on a stream during OnTick.
// ErrorStatusBadArgument if there is no such context.
func SetEffectiveContext(contextID uint32) error {
	return hostcall.SetEffectiveContext(contextID)
}
