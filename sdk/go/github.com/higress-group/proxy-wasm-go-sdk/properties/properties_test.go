//go:build !wasip1

package properties

import (
	"encoding/binary"
	"errors"
	"math"
	"reflect"
	"testing"
	"time"

	"proxyground.dev/abi/hostcall"
)

// known puts values in place of the gateway's, by path with dots; all others are not found.
func known(t *testing.T, values map[string][]byte) {
	t.Helper()
	before := hostcall.Native
	t.Cleanup(func() { hostcall.Native = before })
	hostcall.Native = func(name string, arguments ...any) uint32 {
		value, ok := values[arguments[0].(string)]
		if !ok {
			return 1
		}
		address, size := arguments[1].(*uint32), arguments[2].(*uint32)
		*address, *size = 0, 0
		if len(value) > 0 {
			block := hostcall.AllocateForTest(len(value))
			copy(block.Bytes, value)
			*address, *size = block.Address, uint32(len(value))
		}
		return 0
	}
}

func number(value uint64) []byte { return binary.LittleEndian.AppendUint64(nil, value) }

func list(items ...string) []byte {
	pairs := make([][2]string, 0, len(items))
	for _, item := range items {
		pairs = append(pairs, [2]string{item, ""})
	}
	return hostcall.EncodePairs(pairs)
}

func expect(t *testing.T, want any, got any, err error) {
	t.Helper()
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v %v, not %v", got, err, want)
	}
}

func TestEachFormOfAValueIsRead(t *testing.T) {
	extension := "\x0a\x04name\x12\x03cat\x28\x01\x32\x01a\x32\x01b"
	known(t, map[string][]byte{
		"request\x00path":    []byte("/a?b"),
		"request\x00query":   nil,
		"source\x00port":     number(4711),
		"connection\x00mtls": {1},
		"request\x00time":    number(1_767_225_600_000_000_001),
		"request\x00headers": hostcall.EncodePairs([][2]string{{"a", "1"}, {"b", ""}}),
		"node\x00metadata\x00PROXY_CONFIG\x00concurrency":             number(math.Float64bits(2)),
		"node\x00metadata\x00PROXY_CONFIG\x00extraStatTags":           list("one", "two"),
		"node\x00metadata\x00INTERCEPTION_MODE":                       []byte("TPROXY"),
		"listener_direction":                                          number(2),
		"node\x00locality\x00zone":                                    []byte("z"),
		"node\x00extensions":                                          list(extension),
		"xds\x00route_metadata\x00filter_metadata\x00istio\x00config": []byte("c"),
		"xds\x00route_metadata\x00filter_metadata\x00istio\x00services": list(
			string(hostcall.EncodePairs([][2]string{{"host", "h"}, {"name", "n"}})),
		),
	})
	path, err := GetRequestPath()
	expect(t, "/a?b", path, err)
	query, err := GetRequestQuery()
	expect(t, "", query, err)
	port, err := GetDownstreamRemotePort()
	expect(t, uint64(4711), port, err)
	mtls, err := IsDownstreamConnectionTls()
	expect(t, true, mtls, err)
	began, err := GetRequestTime()
	expect(t, time.Date(2026, 1, 1, 0, 0, 0, 1, time.UTC), began, err)
	headers, err := GetRequestHeaders()
	expect(t, map[string]string{"a": "1", "b": ""}, headers, err)
	workers, err := GetNodeMetaProxyConfigConcurrency()
	expect(t, 2.0, workers, err)
	tags, err := GetNodeProxyConfigExtraStatTags()
	expect(t, []string{"one", "two"}, tags, err)
	mode, err := GetNodeMetaInterceptionMode()
	expect(t, IstioTrafficInterceptionModeTproxy, mode, err)
	direction, err := GetListenerDirection()
	expect(t, "OUTBOUND", direction.String(), err)
	locality, err := GetNodeLocality()
	expect(t, EnvoyLocality{Zone: "z"}, locality, err)
	extensions, err := GetNodeExtensions()
	expect(t, []EnvoyExtension{{Name: "name", Category: "cat", TypeUrls: []string{"a", "b"}}}, extensions, err)
	metadata, err := GetXdsRouteMetadata()
	expect(t, IstioFilterMetadata{Config: "c", Services: []IstioService{{Host: "h", Name: "n"}}}, metadata, err)
}

func TestWhatTheGatewayDoesNotKnowIsNotFound(t *testing.T) {
	known(t, nil)
	if _, err := GetRouteName(); !errors.Is(err, hostcall.ErrorStatusNotFound) {
		t.Errorf("%v", err)
	}
	if _, err := GetNodeLocality(); !errors.Is(err, hostcall.ErrorStatusNotFound) {
		t.Errorf("%v", err)
	}
	if metadata, err := GetClusterMetadata(); err != nil || metadata.Config != "" {
		t.Errorf("metadata that is not there is empty: %v %v", metadata, err)
	}
}

func FuzzAnExtensionThatCannotBeReadDoesNotPanic(f *testing.F) {
	f.Add("\x0a\x04name")
	f.Add("\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01")
	f.Fuzz(func(t *testing.T, message string) { parseExtension(message) })
}
