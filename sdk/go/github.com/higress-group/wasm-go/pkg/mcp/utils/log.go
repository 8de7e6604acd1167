package utils

import (
	"fmt"

	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
	"github.com/higress-group/wasm-go/pkg/log"
)

// MCPServerLog is the logger of MCP servers and filters. It names the request, and leaves the choice of levels to the
// host.
type MCPServerLog struct{}

var _ log.Log = MCPServerLog{}

func line(msg string) string {
	requestID := "nil"
	if id, err := proxywasm.GetProperty([]string{"x_request_id"}); err == nil && len(id) > 0 {
		requestID = string(id)
	}
	return "[mcp-server] [" + requestID + "] " + msg
}

// Trace writes a line at level trace.
func (MCPServerLog) Trace(msg string) { proxywasm.LogTrace(line(msg)) }

// Tracef writes a formatted line at level trace.
func (l MCPServerLog) Tracef(format string, args ...interface{}) {
	l.Trace(fmt.Sprintf(format, args...))
}

// Debug writes a line at level debug.
func (MCPServerLog) Debug(msg string) { proxywasm.LogDebug(line(msg)) }

// Debugf writes a formatted line at level debug.
func (l MCPServerLog) Debugf(format string, args ...interface{}) {
	l.Debug(fmt.Sprintf(format, args...))
}

// Info writes a line at level info.
func (MCPServerLog) Info(msg string) { proxywasm.LogInfo(line(msg)) }

// Infof writes a formatted line at level info.
func (l MCPServerLog) Infof(format string, args ...interface{}) { l.Info(fmt.Sprintf(format, args...)) }

// Warn writes a line at level warn.
func (MCPServerLog) Warn(msg string) { proxywasm.LogWarn(line(msg)) }

// Warnf writes a formatted line at level warn.
func (l MCPServerLog) Warnf(format string, args ...interface{}) { l.Warn(fmt.Sprintf(format, args...)) }

// Error writes a line at level error.
func (MCPServerLog) Error(msg string) { proxywasm.LogError(line(msg)) }

// Errorf writes a formatted line at level error.
func (l MCPServerLog) Errorf(format string, args ...interface{}) {
	l.Error(fmt.Sprintf(format, args...))
}

// Critical writes a line at level critical.
func (MCPServerLog) Critical(msg string) { proxywasm.LogCritical(line(msg)) }

// Criticalf writes a formatted line at level critical.
func (l MCPServerLog) Criticalf(format string, args ...interface{}) {
	l.Critical(fmt.Sprintf(format, args...))
}

// ResetID has nothing to do: lines do not name the plugin's id.
func (MCPServerLog) ResetID(pluginID string) {}
