package wrapper

import (
	"github.com/higress-group/wasm-go/internal/events"
	"github.com/tidwall/gjson"
)

// UnifySSEChunk turns the line ends of a piece of an event stream into line feeds.
func UnifySSEChunk(data []byte) []byte { return events.Unify(data) }

// GetValueFromBody gives the value at the first of the paths that a JSON body has, or nil. A body of server-sent
// events is searched event by event.
func GetValueFromBody(data []byte, paths []string) *gjson.Result {
	for _, document := range events.Documents(data) {
		for _, path := range paths {
			if value := gjson.GetBytes(document, path); value.Exists() {
				return &value
			}
		}
	}
	return nil
}
