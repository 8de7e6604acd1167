package hostcall

import (
	"errors"
	"strconv"
)

// Status codes a host function returns (proxy-wasm-host.md 4).
const (
	statusOK              uint32 = 0
	statusNotFound        uint32 = 1
	statusBadArgument     uint32 = 2
	statusEmpty           uint32 = 7
	statusCasMismatch     uint32 = 8
	statusInternalFailure uint32 = 10
	statusUnimplemented   uint32 = 12
)

// The errors of every generation's types package. They are one set of values, so errors.Is works across packages.
var (
	ErrorStatusNotFound    = errors.New("error status returned by host: not found")
	ErrorStatusBadArgument = errors.New("error status returned by host: bad argument")
	ErrorStatusEmpty       = errors.New("error status returned by host: empty")
	ErrorStatusCasMismatch = errors.New("error status returned by host: cas mismatch")
	ErrorInternalFailure   = errors.New("error status returned by host: internal failure")
	ErrorUnimplemented     = errors.New("error status returned by host: unimplemented")
)

// toError maps a status to the error plugins compare with. Statuses without a name in the API keep their number.
func toError(status uint32) error {
	switch status {
	case statusOK:
		return nil
	case statusNotFound:
		return ErrorStatusNotFound
	case statusBadArgument:
		return ErrorStatusBadArgument
	case statusEmpty:
		return ErrorStatusEmpty
	case statusCasMismatch:
		return ErrorStatusCasMismatch
	case statusInternalFailure:
		return ErrorInternalFailure
	case statusUnimplemented:
		return ErrorUnimplemented
	}
	return errors.New("unknown status code: " + strconv.FormatUint(uint64(status), 10))
}
