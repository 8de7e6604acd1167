package wrapper

import (
	"bytes"

	"github.com/tidwall/gjson"
)

// UnifySSEChunk turns the line ends of a piece of an event stream into line feeds.
func UnifySSEChunk(data []byte) []byte {
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	return bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))
}

// GetValueFromBody gives the value at the first of the paths that a JSON body has, or nil. A body of server-sent
// events is searched event by event.
func GetValueFromBody(data []byte, paths []string) *gjson.Result {
	for _, document := range documents(data) {
		for _, path := range paths {
			if value := gjson.GetBytes(document, path); value.Exists() {
				return &value
			}
		}
	}
	return nil
}

// The JSON documents of a body: itself, or the data of each event.
func documents(data []byte) [][]byte {
	trimmed := bytes.TrimSpace(data)
	if len(trimmed) == 0 || trimmed[0] == '{' || trimmed[0] == '[' {
		return [][]byte{trimmed}
	}
	var found [][]byte
	for _, line := range bytes.Split(UnifySSEChunk(trimmed), []byte("\n")) {
		if payload, isData := bytes.CutPrefix(line, []byte("data:")); isData {
			found = append(found, bytes.TrimSpace(payload))
		}
	}
	return found
}
