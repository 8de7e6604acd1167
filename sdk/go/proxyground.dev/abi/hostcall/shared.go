package hostcall

// GetSharedData is a value shared by all modules of the same vm_id, and its version.
func GetSharedData(key string) (value []byte, cas uint32, err error) {
	if status := proxyGetSharedData(key, &outAddress, &outSize, &outNumber); status != statusOK {
		return nil, 0, toError(status)
	}
	return take(), outNumber, nil
}

// SetSharedData stores a value; cas 0 always wins, another one must be the current version.
func SetSharedData(key string, data []byte, cas uint32) error {
	return toError(proxySetSharedData(key, asString(data), cas))
}

// RegisterSharedQueue makes (or finds) a queue; the caller's plugin context is told of new items.
func RegisterSharedQueue(name string) (uint32, error) {
	outNumber = 0
	status := proxyRegisterSharedQueue(name, &outNumber)
	return outNumber, toError(status)
}

// ResolveSharedQueue finds a queue that another module registered.
func ResolveSharedQueue(vmID, name string) (uint32, error) {
	outNumber = 0
	status := proxyResolveSharedQueue(vmID, name, &outNumber)
	return outNumber, toError(status)
}

// EnqueueSharedQueue appends an item. Empty data panics with an index out of range, as in the real modules.
func EnqueueSharedQueue(queue uint32, data []byte) error {
	_ = data[0]
	return toError(proxyEnqueueSharedQueue(queue, asString(data)))
}

// DequeueSharedQueue takes the oldest item; ErrorStatusEmpty if there is none.
func DequeueSharedQueue(queue uint32) ([]byte, error) {
	if status := proxyDequeueSharedQueue(queue, &outAddress, &outSize); status != statusOK {
		return nil, toError(status)
	}
	return take(), nil
}

// DefineMetric makes (or finds) a metric and returns its id.
func DefineMetric(metricType uint32, name string) (uint32, error) {
	outNumber = 0
	status := proxyDefineMetric(metricType, name, &outNumber)
	return outNumber, toError(status)
}

// GetMetric is the current value; histograms have none (ErrorStatusBadArgument).
func GetMetric(metric uint32) (uint64, error) {
	outValue = 0
	status := proxyGetMetric(metric, &outValue)
	return outValue, toError(status)
}

// IncrementMetric adds to a counter or gauge.
func IncrementMetric(metric uint32, offset int64) error {
	return toError(proxyIncrementMetric(metric, offset))
}

// RecordMetric sets a gauge or records a value of a histogram.
func RecordMetric(metric uint32, value uint64) error {
	return toError(proxyRecordMetric(metric, value))
}
