package proxywasm

import (
	"fmt"

	"proxyground.dev/abi/hostcall"
)

// LogTrace logs msg at level trace.
func LogTrace(msg string) {
	hostcall.Log(hostcall.LevelTrace, msg)
}

// LogTracef logs at level trace, formatted as by fmt.Sprintf.
func LogTracef(format string, args ...interface{}) {
	hostcall.Log(hostcall.LevelTrace, fmt.Sprintf(format, args...))
}

// LogDebug logs msg at level debug.
func LogDebug(msg string) {
	hostcall.Log(hostcall.LevelDebug, msg)
}

// LogDebugf logs at level debug, formatted as by fmt.Sprintf.
func LogDebugf(format string, args ...interface{}) {
	hostcall.Log(hostcall.LevelDebug, fmt.Sprintf(format, args...))
}

// LogInfo logs msg at level info.
func LogInfo(msg string) {
	hostcall.Log(hostcall.LevelInfo, msg)
}

// LogInfof logs at level info, formatted as by fmt.Sprintf.
func LogInfof(format string, args ...interface{}) {
	hostcall.Log(hostcall.LevelInfo, fmt.Sprintf(format, args...))
}

// LogWarn logs msg at level warn.
func LogWarn(msg string) {
	hostcall.Log(hostcall.LevelWarn, msg)
}

// LogWarnf logs at level warn, formatted as by fmt.Sprintf.
func LogWarnf(format string, args ...interface{}) {
	hostcall.Log(hostcall.LevelWarn, fmt.Sprintf(format, args...))
}

// LogError logs msg at level error.
func LogError(msg string) {
	hostcall.Log(hostcall.LevelError, msg)
}

// LogErrorf logs at level error, formatted as by fmt.Sprintf.
func LogErrorf(format string, args ...interface{}) {
	hostcall.Log(hostcall.LevelError, fmt.Sprintf(format, args...))
}

// LogCritical logs msg at level critical.
func LogCritical(msg string) {
	hostcall.Log(hostcall.LevelCritical, msg)
}

// LogCriticalf logs at level critical, formatted as by fmt.Sprintf.
func LogCriticalf(format string, args ...interface{}) {
	hostcall.Log(hostcall.LevelCritical, fmt.Sprintf(format, args...))
}
