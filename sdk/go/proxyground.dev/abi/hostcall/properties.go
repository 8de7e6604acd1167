package hostcall

import (
	"errors"
	"strings"
)

var errEmptyPath = errors.New("path must not be empty")

// GetProperty is the raw value of a path (proxy-wasm-host.md 5.2); nil if the value is empty.
func GetProperty(path []string) ([]byte, error) {
	if len(path) == 0 {
		return nil, errEmptyPath
	}
	if status := proxyGetProperty(strings.Join(path, "\x00"), &outAddress, &outSize); status != statusOK {
		return nil, toError(status)
	}
	return take(), nil
}

// SetProperty stores a value of the stream (proxy-wasm-host.md 5.3). Empty values are refused here, without a call.
func SetProperty(path []string, data []byte) error {
	if len(path) == 0 {
		return errEmptyPath
	}
	if len(data) == 0 {
		return errors.New("data must not be empty")
	}
	return toError(proxySetProperty(strings.Join(path, "\x00"), asString(data)))
}
