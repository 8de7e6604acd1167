// Package properties reads the gateway's properties by name. Every function is a proxywasm.GetProperty with the form of
// its value known; ErrorStatusNotFound says that there is none in this phase, or that this gateway does not know it.
package properties

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"proxyground.dev/abi/hostcall"
)

// Forms of values: proxy-wasm-host.md 5.2.

func textOf(path ...string) (string, error) {
	value, err := hostcall.GetProperty(path)
	return string(value), err
}

func numberOf(path ...string) (uint64, error) {
	value, err := hostcall.GetProperty(path)
	if err != nil {
		return 0, err
	}
	return binary.LittleEndian.Uint64(value), nil
}

func floatOf(path ...string) (float64, error) {
	bits, err := numberOf(path...)
	return math.Float64frombits(bits), err
}

func flagOf(path ...string) (bool, error) {
	value, err := hostcall.GetProperty(path)
	if err != nil || len(value) == 0 {
		return false, err
	}
	if len(value) != 1 {
		return false, fmt.Errorf("a boolean of %d bytes", len(value))
	}
	return value[0] != 0, nil
}

func mapOf(path ...string) (map[string]string, error) {
	value, err := hostcall.GetProperty(path)
	if err != nil {
		return nil, err
	}
	return asMap(value), nil
}

// listOf reads a list: pairs whose keys are the items.
func listOf(path ...string) ([]string, error) {
	value, err := hostcall.GetProperty(path)
	if err != nil {
		return nil, err
	}
	items := []string{}
	if len(value) > 0 {
		for _, pair := range hostcall.DecodePairs(value) {
			items = append(items, pair[0])
		}
	}
	return items, nil
}

// istioOf is empty, without an error, where Istio noted nothing.
func istioOf(path ...string) (IstioFilterMetadata, error) {
	config, err := textOf(append(path, "config")...)
	if err != nil {
		return IstioFilterMetadata{}, nil
	}
	found := IstioFilterMetadata{Config: config}
	services, err := listOf(append(path, "services")...)
	if err != nil {
		return found, nil
	}
	for _, service := range services {
		entries := asMap([]byte(service))
		found.Services = append(found.Services, IstioService{
			Host: entries["host"], Name: entries["name"], Namespace: entries["namespace"],
		})
	}
	return found, nil
}

func asMap(value []byte) map[string]string {
	entries := map[string]string{}
	if len(value) > 0 {
		for _, pair := range hostcall.DecodePairs(value) {
			entries[pair[0]] = pair[1]
		}
	}
	return entries
}

// unlessAny is all errors, or nil if at least one of the values was there.
func unlessAny(all ...error) error {
	for _, err := range all {
		if err == nil {
			return nil
		}
	}
	return errors.Join(all...)
}

// parseExtension reads envoy.config.core.v3.Extension: 1 name, 2 category, 6 type URLs. What follows a field it cannot
// read is left out.
func parseExtension(message string) EnvoyExtension {
	var found EnvoyExtension
	rest := []byte(message)
	for len(rest) > 0 {
		tag, read := binary.Uvarint(rest)
		if read <= 0 {
			return found
		}
		length, size := binary.Uvarint(rest[read:])
		if size <= 0 {
			return found
		}
		rest = rest[read+size:]
		if tag&7 == 0 {
			continue
		}
		if tag&7 != 2 || length > uint64(len(rest)) {
			return found
		}
		text := string(rest[:length])
		rest = rest[length:]
		switch tag >> 3 {
		case 1:
			found.Name = text
		case 2:
			found.Category = text
		case 6:
			found.TypeUrls = append(found.TypeUrls, text)
		}
	}
	return found
}
