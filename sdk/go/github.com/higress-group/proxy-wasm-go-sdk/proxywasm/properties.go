package proxywasm

import "proxyground.dev/abi/hostcall"

// GetProperty is the value of a property, e.g. []string{"source", "address"}. Text is raw, numbers are 8 bytes little
// endian, booleans one byte. ErrorStatusNotFound if there is none in this phase.
func GetProperty(path []string) ([]byte, error) {
	return hostcall.GetProperty(path)
}

// GetPropertyMap is a property that is a map, e.g. []string{"request", "headers"}.
func GetPropertyMap(path []string) ([][2]string, error) {
	value, err := hostcall.GetProperty(path)
	if err != nil {
		return nil, err
	}
	return hostcall.DecodePairs(value), nil
}

// SetProperty stores a value with the stream: every plugin of the request and the access log can read it. Path and data
// must not be empty. ErrorStatusNotFound outside a stream.
func SetProperty(path []string, data []byte) error {
	return hostcall.SetProperty(path, data)
}

// CallForeignFunction calls a function of the gateway by name, with bytes in and out.
func CallForeignFunction(funcName string, param []byte) (ret []byte, err error) {
	return hostcall.CallForeignFunction(funcName, param)
}
