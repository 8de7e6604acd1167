package wrapper

import (
	"encoding/binary"
	"fmt"

	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
	"github.com/higress-group/wasm-go/pkg/log"
)

// LogLevel orders the lines of a log; the values are the host's.
type LogLevel uint32

const (
	// LogLevelTrace is the lowest level.
	LogLevelTrace LogLevel = iota
	LogLevelDebug
	LogLevelInfo
	LogLevelWarn
	LogLevelError
	LogLevelCritical
)

// DefaultLog writes lines of the form "[plugin] [plugin id] [request id] message" to the host.
type DefaultLog struct {
	pluginName string
	pluginID   string
}

func newDefaultLog(pluginName string) *DefaultLog {
	return &DefaultLog{pluginName: pluginName, pluginID: "nil"}
}

var _ log.Log = (*DefaultLog)(nil)

// The level from which the host wants lines; level trace when it does not say.
func wantedLevel() LogLevel {
	answer, err := proxywasm.CallForeignFunction("get_log_level", nil)
	if err != nil {
		return LogLevelTrace
	}
	return LogLevel(binary.LittleEndian.Uint32(answer))
}

func (l *DefaultLog) write(level LogLevel, msg string) {
	requestID := "nil"
	if id, err := proxywasm.GetProperty([]string{"x_request_id"}); err == nil && len(id) > 0 {
		requestID = string(id)
	}
	line := "[" + l.pluginName + "] [" + l.pluginID + "] [" + requestID + "] " + msg
	switch level {
	case LogLevelTrace:
		proxywasm.LogTrace(line)
	case LogLevelDebug:
		proxywasm.LogDebug(line)
	case LogLevelInfo:
		proxywasm.LogInfo(line)
	case LogLevelWarn:
		proxywasm.LogWarn(line)
	case LogLevelError:
		proxywasm.LogError(line)
	case LogLevelCritical:
		proxywasm.LogCritical(line)
	}
}

func (l *DefaultLog) print(level LogLevel, msg string) {
	if level >= wantedLevel() {
		l.write(level, msg)
	}
}

func (l *DefaultLog) printf(level LogLevel, format string, args []interface{}) {
	if level >= wantedLevel() {
		l.write(level, fmt.Sprintf(format, args...))
	}
}

// Trace writes a line at level trace.
func (l *DefaultLog) Trace(msg string) { l.print(LogLevelTrace, msg) }

// Tracef writes a formatted line at level trace.
func (l *DefaultLog) Tracef(format string, args ...interface{}) {
	l.printf(LogLevelTrace, format, args)
}

// Debug writes a line at level debug.
func (l *DefaultLog) Debug(msg string) { l.print(LogLevelDebug, msg) }

// Debugf writes a formatted line at level debug.
func (l *DefaultLog) Debugf(format string, args ...interface{}) {
	l.printf(LogLevelDebug, format, args)
}

// Info writes a line at level info.
func (l *DefaultLog) Info(msg string) { l.print(LogLevelInfo, msg) }

// Infof writes a formatted line at level info.
func (l *DefaultLog) Infof(format string, args ...interface{}) { l.printf(LogLevelInfo, format, args) }

// Warn writes a line at level warn.
func (l *DefaultLog) Warn(msg string) { l.print(LogLevelWarn, msg) }

// Warnf writes a formatted line at level warn.
func (l *DefaultLog) Warnf(format string, args ...interface{}) { l.printf(LogLevelWarn, format, args) }

// Error writes a line at level error.
func (l *DefaultLog) Error(msg string) { l.print(LogLevelError, msg) }

// Errorf writes a formatted line at level error.
func (l *DefaultLog) Errorf(format string, args ...interface{}) {
	l.printf(LogLevelError, format, args)
}

// Critical writes a line at level critical.
func (l *DefaultLog) Critical(msg string) { l.print(LogLevelCritical, msg) }

// Criticalf writes a formatted line at level critical.
func (l *DefaultLog) Criticalf(format string, args ...interface{}) {
	l.printf(LogLevelCritical, format, args)
}

// ResetID sets what the second bracket shows.
func (l *DefaultLog) ResetID(pluginID string) { l.pluginID = pluginID }
