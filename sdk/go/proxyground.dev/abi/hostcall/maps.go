package hostcall

// GetPairs is a whole map. An empty or absent map, for which the host writes no block, is ErrorStatusNotFound.
func GetPairs(mapType uint32) ([][2]string, error) {
	if status := proxyGetMapPairs(mapType, &outAddress, &outSize); status != statusOK {
		return nil, toError(status)
	}
	block := take()
	if block == nil {
		return nil, ErrorStatusNotFound
	}
	return DecodePairs(block), nil
}

// SetPairs replaces a whole map, pseudo headers included.
func SetPairs(mapType uint32, pairs [][2]string) error {
	return toError(proxySetMapPairs(mapType, asString(EncodePairs(pairs))))
}

// GetValue is the first value of a key.
func GetValue(mapType uint32, key string) (string, error) {
	if status := proxyGetMapValue(mapType, key, &outAddress, &outSize); status != statusOK {
		return "", toError(status)
	}
	return asString(take()), nil
}

// AddValue appends a value.
func AddValue(mapType uint32, key, value string) error {
	return toError(proxyAddMapValue(mapType, key, value))
}

// ReplaceValue removes all values of a key and sets one.
func ReplaceValue(mapType uint32, key, value string) error {
	return toError(proxyReplaceMapValue(mapType, key, value))
}

// RemoveValue removes all values of a key.
func RemoveValue(mapType uint32, key string) error {
	return toError(proxyRemoveMapValue(mapType, key))
}
