package proxywasm

import "proxyground.dev/abi/hostcall"

// GetDownstreamData reads up to maxSize bytes of the client's data from start; ErrorStatusNotFound if there are none.
// Only during OnDownstreamData.
func GetDownstreamData(start, maxSize int) ([]byte, error) {
	return hostcall.GetBuffer(hostcall.DownstreamData, start, maxSize)
}

// AppendDownstreamData puts data behind the client's data. Only during OnDownstreamData.
func AppendDownstreamData(data []byte) error {
	return hostcall.AppendBuffer(hostcall.DownstreamData, data)
}

// PrependDownstreamData puts data before the client's data. Only during OnDownstreamData.
func PrependDownstreamData(data []byte) error {
	return hostcall.PrependBuffer(hostcall.DownstreamData, data)
}

// ReplaceDownstreamData puts data in place of the client's data. Only during OnDownstreamData.
func ReplaceDownstreamData(data []byte) error {
	return hostcall.ReplaceBuffer(hostcall.DownstreamData, data)
}

// GetUpstreamData reads up to maxSize bytes of the upstream's data from start; ErrorStatusNotFound if there are none.
// Only during OnUpstreamData.
func GetUpstreamData(start, maxSize int) ([]byte, error) {
	return hostcall.GetBuffer(hostcall.UpstreamData, start, maxSize)
}

// AppendUpstreamData puts data behind the upstream's data. Only during OnUpstreamData.
func AppendUpstreamData(data []byte) error {
	return hostcall.AppendBuffer(hostcall.UpstreamData, data)
}

// PrependUpstreamData puts data before the upstream's data. Only during OnUpstreamData.
func PrependUpstreamData(data []byte) error {
	return hostcall.PrependBuffer(hostcall.UpstreamData, data)
}

// ReplaceUpstreamData puts data in place of the upstream's data. Only during OnUpstreamData.
func ReplaceUpstreamData(data []byte) error {
	return hostcall.ReplaceBuffer(hostcall.UpstreamData, data)
}

// ContinueTcpStream lets held data of the client go on, after the current callback. Envoy cannot resume the other
// direction.
func ContinueTcpStream() error {
	return hostcall.Continue(hostcall.DownstreamStream)
}

// CloseDownstream closes the connection to the client, after the current callback.
func CloseDownstream() error {
	return hostcall.Close(hostcall.DownstreamStream)
}

// CloseUpstream closes the connection to the upstream, after the current callback.
func CloseUpstream() error {
	return hostcall.Close(hostcall.UpstreamStream)
}
