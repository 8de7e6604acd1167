// Package events finds the JSON documents in a body that may be a stream of server-sent events.
package events

import "bytes"

// Unify turns all line ends into line feeds.
func Unify(data []byte) []byte {
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	return bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))
}

// Documents gives the JSON documents of a body: itself, or the data of each event.
func Documents(body []byte) [][]byte {
	trimmed := bytes.TrimSpace(body)
	if len(trimmed) == 0 || trimmed[0] == '{' || trimmed[0] == '[' {
		return [][]byte{trimmed}
	}
	var found [][]byte
	for _, line := range bytes.Split(Unify(trimmed), []byte("\n")) {
		if payload, isData := bytes.CutPrefix(line, []byte("data:")); isData {
			found = append(found, bytes.TrimSpace(payload))
		}
	}
	return found
}
