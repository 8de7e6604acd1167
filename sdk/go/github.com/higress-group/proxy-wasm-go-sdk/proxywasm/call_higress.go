package proxywasm

import (
	"proxyground.dev/abi/guest"
	"proxyground.dev/abi/hostcall"
)

// RedisInit sets user, password and timeout for the Redis cluster, before DispatchRedisCall. The cluster's name may carry
// options: name?db=0&buffer_flush_timeout=3&max_buffer_size_before_flush=1024. ErrorStatusBadArgument if it is unknown.
func RedisInit(cluster string, username string, password string, timeout uint32) (err error) {
	return hostcall.RedisInit(cluster, username, password, timeout)
}

// DispatchRedisCall sends a command, as a RESP array of bulk strings, and calls callBack with the answer: status 0 is an
// answer (read it with GetRedisCallResponse), 1 a broken connection. In callBack the caller is the context in effect.
func DispatchRedisCall(cluster string, query []byte, callBack func(status, responseSize int)) (calloutID uint32, err error) {
	return guest.DispatchRedisCall(cluster, query, callBack)
}

// GetRedisCallResponse is the answer in RESP form. Only during the callback of DispatchRedisCall.
func GetRedisCallResponse(start, maxSize int) ([]byte, error) {
	return hostcall.GetBuffer(hostcall.RedisResponse, start, maxSize)
}
