package hostcall

// Continue lets a held stream go on, after the current callback has returned.
func Continue(stream uint32) error {
	return toError(proxyContinueStream(stream))
}

// Close resets or closes a stream, after the current callback has returned.
func Close(stream uint32) error {
	return toError(proxyCloseStream(stream))
}

// SendLocalResponse answers the request from here, after the current callback has returned (proxy-wasm-host.md 6.8).
func SendLocalResponse(statusCode uint32, details string, headers [][2]string, body []byte, grpcStatus int32) error {
	pairs := asString(EncodePairs(headers))
	return toError(proxySendLocalResponse(statusCode, details, asString(body), pairs, grpcStatus))
}

// InjectEncodedData sends data to the filters after this one in the response direction (proxy-wasm-host.md 6.12).
func InjectEncodedData(body []byte, endStream bool) error {
	var end uint32
	if endStream {
		end = 1
	}
	return toError(proxyInjectEncodedData(asString(body), end))
}

// GetUpstreamHosts is the host addresses of the request's cluster with what the gateway knows of each.
func GetUpstreamHosts() ([][2]string, error) {
	if status := proxyGetUpstreamHosts(&outAddress, &outSize); status != statusOK {
		return nil, toError(status)
	}
	block := take()
	if block == nil {
		return nil, ErrorStatusNotFound
	}
	return DecodePairs(block), nil
}

// SetUpstreamOverrideHost chooses the upstream host, as ip:port.
func SetUpstreamOverrideHost(address []byte) error {
	return toError(proxySetUpstreamOverrideHost(asString(address)))
}
