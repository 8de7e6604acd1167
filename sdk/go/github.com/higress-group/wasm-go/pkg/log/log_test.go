package log

import (
	"fmt"
	"reflect"
	"testing"
)

type recorder struct{ lines []string }

func (r *recorder) add(level, msg string)                { r.lines = append(r.lines, level+" "+msg) }
func (r *recorder) Trace(msg string)                     { r.add("trace", msg) }
func (r *recorder) Tracef(f string, a ...interface{})    { r.add("trace", fmt.Sprintf(f, a...)) }
func (r *recorder) Debug(msg string)                     { r.add("debug", msg) }
func (r *recorder) Debugf(f string, a ...interface{})    { r.add("debug", fmt.Sprintf(f, a...)) }
func (r *recorder) Info(msg string)                      { r.add("info", msg) }
func (r *recorder) Infof(f string, a ...interface{})     { r.add("info", fmt.Sprintf(f, a...)) }
func (r *recorder) Warn(msg string)                      { r.add("warn", msg) }
func (r *recorder) Warnf(f string, a ...interface{})     { r.add("warn", fmt.Sprintf(f, a...)) }
func (r *recorder) Error(msg string)                     { r.add("error", msg) }
func (r *recorder) Errorf(f string, a ...interface{})    { r.add("error", fmt.Sprintf(f, a...)) }
func (r *recorder) Critical(msg string)                  { r.add("critical", msg) }
func (r *recorder) Criticalf(f string, a ...interface{}) { r.add("critical", fmt.Sprintf(f, a...)) }
func (r *recorder) ResetID(pluginID string)              {}

func install(t *testing.T) *recorder {
	t.Helper()
	r := &recorder{}
	SetPluginLog(r)
	t.Cleanup(func() { SetPluginLog(nil); SetSafeLogEnabled(false) })
	return r
}

func TestEveryLevelReachesThePluginLogger(t *testing.T) {
	r := install(t)
	Trace("a")
	Tracef("%d", 1)
	Debug("a")
	Debugf("%d", 2)
	Info("a")
	Infof("%d", 3)
	Warn("a")
	Warnf("%d", 4)
	Error("a")
	Errorf("%d", 5)
	Critical("a")
	Criticalf("%d", 6)
	want := []string{"trace a", "trace 1", "debug a", "debug 2", "info a", "info 3", "warn a", "warn 4", "error a", "error 5", "critical a", "critical 6"}
	if !reflect.DeepEqual(r.lines, want) {
		t.Errorf("got %q, want %q", r.lines, want)
	}
}

func TestUnsafeLinesDropToDebugWhenSafeLogsAreEnabled(t *testing.T) {
	r := install(t)
	UnsafeInfo("secret")
	SetSafeLogEnabled(true)
	UnsafeInfof("%s", "secret")
	want := []string{"info secret", "debug secret"}
	if !reflect.DeepEqual(r.lines, want) {
		t.Errorf("got %q, want %q", r.lines, want)
	}
}
