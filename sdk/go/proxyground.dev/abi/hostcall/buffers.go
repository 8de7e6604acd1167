package hostcall

import "math"

// GetBuffer reads up to maxSize bytes from start. An empty result, for which the host writes no block, is
// ErrorStatusNotFound (higress.md 1.5).
func GetBuffer(bufferType uint32, start, maxSize int) ([]byte, error) {
	status := proxyGetBuffer(bufferType, uint32(start), uint32(maxSize), &outAddress, &outSize)
	if status != statusOK {
		return nil, toError(status)
	}
	block := take()
	if block == nil {
		return nil, ErrorStatusNotFound
	}
	return block, nil
}

// AppendBuffer puts data behind the buffer.
func AppendBuffer(bufferType uint32, data []byte) error {
	return toError(proxySetBuffer(bufferType, math.MaxInt32, 0, asString(data)))
}

// PrependBuffer puts data before the buffer.
func PrependBuffer(bufferType uint32, data []byte) error {
	return toError(proxySetBuffer(bufferType, 0, 0, asString(data)))
}

// ReplaceBuffer puts data in the buffer's place.
func ReplaceBuffer(bufferType uint32, data []byte) error {
	return toError(proxySetBuffer(bufferType, 0, math.MaxInt32, asString(data)))
}
