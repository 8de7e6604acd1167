package proxywasm

import "proxyground.dev/abi/hostcall"

// GetSharedData is a value that all plugins with the same vm_id share, and its version for SetSharedData.
// ErrorStatusNotFound if there is none.
func GetSharedData(key string) (value []byte, cas uint32, err error) {
	return hostcall.GetSharedData(key)
}

// SetSharedData stores a shared value. cas 0 always wins; with the version of GetSharedData it is ErrorStatusCasMismatch
// if somebody else stored a value meanwhile: read it again and retry.
func SetSharedData(key string, data []byte, cas uint32) error {
	return hostcall.SetSharedData(key, data, cas)
}

// RegisterSharedQueue makes a queue, or finds the one of that name; this plugin's OnQueueReady is called for its items.
func RegisterSharedQueue(name string) (queueID uint32, err error) {
	return hostcall.RegisterSharedQueue(name)
}

// ResolveSharedQueue finds a queue registered by a plugin with that vm_id (empty: the own one).
func ResolveSharedQueue(vmID, queueName string) (queueID uint32, err error) {
	return hostcall.ResolveSharedQueue(vmID, queueName)
}

// EnqueueSharedQueue appends an item. data must not be empty: that panics.
func EnqueueSharedQueue(queueID uint32, data []byte) error {
	return hostcall.EnqueueSharedQueue(queueID, data)
}

// DequeueSharedQueue takes the oldest item; ErrorStatusEmpty if there is none.
func DequeueSharedQueue(queueID uint32) ([]byte, error) {
	return hostcall.DequeueSharedQueue(queueID)
}
