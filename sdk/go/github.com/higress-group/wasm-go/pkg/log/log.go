// Package log writes lines through the logger of the plugin, which wrapper.SetCtx installs.
package log

// Log is what a plugin's logger can do.
type Log interface {
	Trace(msg string)
	Tracef(format string, args ...interface{})
	Debug(msg string)
	Debugf(format string, args ...interface{})
	Info(msg string)
	Infof(format string, args ...interface{})
	Warn(msg string)
	Warnf(format string, args ...interface{})
	Error(msg string)
	Errorf(format string, args ...interface{})
	Critical(msg string)
	Criticalf(format string, args ...interface{})
	// ResetID sets what the second bracket of a line shows: the configuration's _plugin_id_.
	ResetID(pluginID string)
}

var (
	installed Log
	safe      bool
)

// SetPluginLog installs the logger that the functions of this package write to.
func SetPluginLog(log Log) { installed = log }

// SetSafeLogEnabled lets lines that may hold private data (UnsafeInfo) drop to the debug level.
func SetSafeLogEnabled(enabled bool) { safe = enabled }

// IsSafeLogEnabled says what SetSafeLogEnabled set.
func IsSafeLogEnabled() bool { return safe }

// The logger, or a panic that says what is missing.
func plugin() Log {
	if installed == nil {
		panic("log: no plugin logger is installed yet: call wrapper.SetCtx before the first log line")
	}
	return installed
}

// Trace writes a line at level trace.
func Trace(msg string) { plugin().Trace(msg) }

// Tracef writes a formatted line at level trace.
func Tracef(format string, args ...interface{}) { plugin().Tracef(format, args...) }

// Debug writes a line at level debug.
func Debug(msg string) { plugin().Debug(msg) }

// Debugf writes a formatted line at level debug.
func Debugf(format string, args ...interface{}) { plugin().Debugf(format, args...) }

// Info writes a line at level info.
func Info(msg string) { plugin().Info(msg) }

// Infof writes a formatted line at level info.
func Infof(format string, args ...interface{}) { plugin().Infof(format, args...) }

// Warn writes a line at level warn.
func Warn(msg string) { plugin().Warn(msg) }

// Warnf writes a formatted line at level warn.
func Warnf(format string, args ...interface{}) { plugin().Warnf(format, args...) }

// Error writes a line at level error.
func Error(msg string) { plugin().Error(msg) }

// Errorf writes a formatted line at level error.
func Errorf(format string, args ...interface{}) { plugin().Errorf(format, args...) }

// Critical writes a line at level critical.
func Critical(msg string) { plugin().Critical(msg) }

// Criticalf writes a formatted line at level critical.
func Criticalf(format string, args ...interface{}) { plugin().Criticalf(format, args...) }

// UnsafeInfo writes a line that may hold private data: level info, or debug when safe logs are enabled.
func UnsafeInfo(msg string) {
	if safe {
		plugin().Debug(msg)
		return
	}
	plugin().Info(msg)
}

// UnsafeInfof is UnsafeInfo with a format.
func UnsafeInfof(format string, args ...interface{}) {
	if safe {
		plugin().Debugf(format, args...)
		return
	}
	plugin().Infof(format, args...)
}
