package wrapper

import (
	"encoding/json"
	"errors"
	"fmt"
	"sort"

	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
	"github.com/higress-group/wasm-go/pkg/log"
	"github.com/tidwall/gjson"
)

const (
	// CustomLogKey is the key that WriteUserAttributeToLog writes under.
	CustomLogKey = "custom_log"
	// AILogKey is the key that the AI plugins write under.
	AILogKey = "ai_log"
	// TraceSpanTagPrefix begins the name of a property that becomes a tag of the trace span.
	TraceSpanTagPrefix = "trace_span_tag."
)

// SetUserAttribute sets one attribute of the exchange.
func (ctx *httpCtx) SetUserAttribute(key string, value interface{}) {
	ctx.attributes[key] = value
}

// GetUserAttribute gives one attribute, or nil.
func (ctx *httpCtx) GetUserAttribute(key string) interface{} {
	return ctx.attributes[key]
}

// SetUserAttributeMap replaces all attributes.
func (ctx *httpCtx) SetUserAttributeMap(kvmap map[string]interface{}) {
	ctx.attributes = kvmap
}

// GetUserAttributeMap gives all attributes.
func (ctx *httpCtx) GetUserAttributeMap() map[string]interface{} {
	return ctx.attributes
}

// WriteUserAttributeToLog merges the attributes into the access log's custom_log.
func (ctx *httpCtx) WriteUserAttributeToLog() error {
	return ctx.WriteUserAttributeToLogWithKey(CustomLogKey)
}

// WriteUserAttributeToLogWithKey merges the attributes into the JSON that stands under a key of the access log.
func (ctx *httpCtx) WriteUserAttributeToLogWithKey(key string) error {
	written, err := proxywasm.GetProperty([]string{key})
	if err != nil {
		written = nil // nothing stands there yet
	}
	merged, err := mergeAttributes(string(written), ctx.attributes)
	if err != nil {
		log.Warnf("failed to write the user attributes to the log: %v", err)
		return err
	}
	if err := proxywasm.SetProperty([]string{key}, []byte(merged)); err != nil {
		log.Warnf("failed to set %s in filter state, raw is %s, err is %v", key, merged, err)
		return err
	}
	return nil
}

// What is written, with the attributes over it: escaped JSON before and after.
func mergeAttributes(written string, attributes map[string]interface{}) (string, error) {
	all := make(map[string]interface{})
	if written != "" {
		if err := json.Unmarshal([]byte(UnmarshalStr(written)), &all); err != nil {
			return "", fmt.Errorf("the log's value %q is not escaped JSON: %w", written, err)
		}
	}
	for name, value := range attributes {
		all[name] = value
	}
	encoded, err := json.Marshal(all)
	if err != nil {
		return "", err
	}
	return MarshalStr(string(encoded)), nil
}

// WriteUserAttributeToTrace makes each attribute a tag of the trace span. It tries them all; the error joins what
// failed.
func (ctx *httpCtx) WriteUserAttributeToTrace() error {
	names := make([]string, 0, len(ctx.attributes))
	for name := range ctx.attributes {
		names = append(names, name)
	}
	sort.Strings(names)
	var failed []error
	for _, name := range names {
		tag := TraceSpanTagPrefix + name
		if err := proxywasm.SetProperty([]string{tag}, []byte(fmt.Sprint(ctx.attributes[name]))); err != nil {
			log.Warnf("failed to set %s in the trace span: %v", tag, err)
			failed = append(failed, fmt.Errorf("%s: %w", tag, err))
		}
	}
	return errors.Join(failed...)
}

// MarshalStr escapes a text as the inside of a JSON string, without the quotes around it.
func MarshalStr(raw string) string {
	quoted, err := json.Marshal(raw)
	if err != nil {
		return ""
	}
	return string(quoted[1 : len(quoted)-1])
}

// UnmarshalStr is the reverse of MarshalStr.
func UnmarshalStr(marshalledJsonStr string) string {
	return gjson.Parse(`"` + marshalledJsonStr + `"`).String()
}
