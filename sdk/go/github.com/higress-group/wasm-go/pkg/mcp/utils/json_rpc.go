// Package utils reads and answers the JSON-RPC 2.0 messages of the Model Context Protocol.
package utils

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"
	"github.com/higress-group/wasm-go/internal/mcpstate"
	"github.com/higress-group/wasm-go/pkg/log"
	"github.com/higress-group/wasm-go/pkg/wrapper"
	"github.com/tidwall/gjson"
)

// The key of the exchange's context that holds the request's id.
const keyID = "mcp:json-rpc-id"

// JsonRpcID is the id of a request: a text or a whole number.
type JsonRpcID struct {
	StringValue string
	IntValue    int64
	IsString    bool
}

// NewJsonRpcIDFromGjson reads an id.
func NewJsonRpcIDFromGjson(result gjson.Result) JsonRpcID {
	if result.Type == gjson.String {
		return JsonRpcID{StringValue: result.String(), IsString: true}
	}
	return JsonRpcID{IntValue: result.Int()}
}

func (id JsonRpcID) value() any {
	if id.IsString {
		return id.StringValue
	}
	return id.IntValue
}

// JsonRpcRequestHandler sees a request with its params.
type JsonRpcRequestHandler func(context wrapper.HttpContext, id JsonRpcID, method string, params gjson.Result, rawBody []byte) types.Action

// JsonRpcResponseHandler sees a response: its result or its error.
type JsonRpcResponseHandler func(context wrapper.HttpContext, id JsonRpcID, result gjson.Result, error gjson.Result, rawBody []byte) types.Action

// JsonRpcMethodHandler answers one method. What it returns becomes an error answer.
type JsonRpcMethodHandler func(context wrapper.HttpContext, id JsonRpcID, params gjson.Result) error

// MethodHandlers are the handlers by their methods.
type MethodHandlers map[string]JsonRpcMethodHandler

// HandleJsonRpcRequest reads a request and gives it to the handler; a body that is none passes.
func HandleJsonRpcRequest(ctx wrapper.HttpContext, body []byte, handle JsonRpcRequestHandler) types.Action {
	request := gjson.ParseBytes(body)
	method := request.Get("method")
	if !gjson.ValidBytes(body) || method.String() == "" {
		return types.ActionContinue
	}
	id := NewJsonRpcIDFromGjson(request.Get("id"))
	ctx.SetContext(keyID, id)
	return handle(ctx, id, method.String(), request.Get("params"), body)
}

// HandleJsonRpcResponse reads a response and gives it to the handler; a body that is none passes.
func HandleJsonRpcResponse(ctx wrapper.HttpContext, body []byte, handle JsonRpcResponseHandler) types.Action {
	response := gjson.ParseBytes(body)
	result, failure := response.Get("result"), response.Get("error")
	if !gjson.ValidBytes(body) || (!result.Exists() && !failure.Exists()) {
		return types.ActionContinue
	}
	return handle(ctx, NewJsonRpcIDFromGjson(response.Get("id")), result, failure, body)
}

// HandleJsonRpcMethod answers a request with the handler of its method. A request whose handler has not answered waits:
// the handler's own call will.
func HandleJsonRpcMethod(ctx wrapper.HttpContext, body []byte, handles MethodHandlers) types.Action {
	request := gjson.ParseBytes(body)
	if !gjson.ValidBytes(body) || !request.IsObject() {
		OnJsonRpcResponseError(ctx, errors.New("the body is not a JSON-RPC request"), mcpstate.ParseError, "json-rpc:parse_error")
		return types.ActionContinue
	}
	method := request.Get("method").String()
	handle, known := handles[method]
	if !request.Get("id").Exists() {
		return notification(ctx, method, request.Get("params"), handle)
	}
	id := NewJsonRpcIDFromGjson(request.Get("id"))
	ctx.SetContext(keyID, id)
	if !known {
		OnJsonRpcResponseError(ctx, fmt.Errorf("method not found: %s", method), mcpstate.MethodNotFound, "json-rpc:method_not_found")
		return types.ActionContinue
	}
	if err := handle(ctx, id, request.Get("params")); err != nil {
		OnJsonRpcResponseError(ctx, err, mcpstate.InvalidRequest, "json-rpc:"+method+":failed")
		return types.ActionContinue
	}
	if ctx.GetBoolContext(mcpstate.Answered, false) {
		return types.ActionContinue
	}
	return types.DataStopIterationAndBuffer
}

// A message without an id wants no answer.
func notification(ctx wrapper.HttpContext, method string, params gjson.Result, handle JsonRpcMethodHandler) types.Action {
	if handle != nil {
		if err := handle(ctx, JsonRpcID{}, params); err != nil {
			log.Warnf("the notification %s failed: %v", method, err)
		}
	}
	if !ctx.GetBoolContext(mcpstate.Answered, false) {
		ctx.SetContext(mcpstate.Answered, true)
		send(ctx, 202, nil, nil, "json-rpc:notification")
	}
	return types.ActionContinue
}

// OnJsonRpcResponseSuccess answers with a result.
func OnJsonRpcResponseSuccess(ctx wrapper.HttpContext, result map[string]any, debugInfo ...string) {
	answer(ctx, map[string]any{"result": result}, debugInfo)
}

// OnJsonRpcResponseError answers with an error and one of the codes of JSON-RPC.
func OnJsonRpcResponseError(ctx wrapper.HttpContext, err error, errorCode int, debugInfo ...string) {
	answer(ctx, map[string]any{"error": map[string]any{"code": errorCode, "message": err.Error()}}, debugInfo)
}

func answer(ctx wrapper.HttpContext, content map[string]any, debugInfo []string) {
	details := "json-rpc:response"
	if len(debugInfo) > 0 && debugInfo[0] != "" {
		details = debugInfo[0]
	}
	content["jsonrpc"] = "2.0"
	content["id"] = nil
	if id, ok := ctx.GetContext(keyID).(JsonRpcID); ok {
		content["id"] = id.value()
	}
	body, err := json.Marshal(content)
	if err != nil {
		log.Errorf("the answer cannot be written as JSON: %v", err)
		body = []byte(`{"jsonrpc":"2.0","id":null,"error":{"code":-32603,"message":"the answer cannot be written as JSON"}}`)
	}
	ctx.SetContext(mcpstate.Answered, true)
	send(ctx, 200, [][2]string{{"content-type", "application/json; charset=utf-8"}}, body, details)
}

func send(ctx wrapper.HttpContext, status uint32, headers [][2]string, body []byte, details string) {
	if err := proxywasm.SendHttpResponseWithDetail(status, details, headers, body, -1); err != nil {
		log.Errorf("the answer %s cannot be sent: %v", details, err)
	}
}

// IsStatefulSession says whether the request belongs to a session (header mcp-session-id).
func IsStatefulSession(ctx wrapper.HttpContext) bool {
	session, err := proxywasm.GetHttpRequestHeader("mcp-session-id")
	return err == nil && session != ""
}
