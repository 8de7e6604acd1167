package utils

import (
	"encoding/base64"
	"encoding/json"

	"github.com/higress-group/wasm-go/pkg/wrapper"
)

// OnMCPResponseSuccess answers an MCP request with a result.
func OnMCPResponseSuccess(ctx wrapper.HttpContext, result map[string]any, debugInfo string) {
	OnJsonRpcResponseSuccess(ctx, result, debugInfo)
}

// OnMCPResponseError answers an MCP request with an error.
func OnMCPResponseError(ctx wrapper.HttpContext, err error, code int, debugInfo string) {
	OnJsonRpcResponseError(ctx, err, code, debugInfo)
}

// OnMCPToolCallSuccess answers a tool call with its content.
func OnMCPToolCallSuccess(ctx wrapper.HttpContext, content []map[string]any, debugInfo string) {
	OnMCPToolCallSuccessWithStructuredContent(ctx, content, nil, debugInfo)
}

// OnMCPToolCallSuccessWithStructuredContent answers a tool call with content for people and JSON for programs.
func OnMCPToolCallSuccessWithStructuredContent(ctx wrapper.HttpContext, content []map[string]any, structuredContent json.RawMessage, debugInfo string) {
	result := map[string]any{"content": content, "isError": false}
	if len(structuredContent) > 0 {
		result["structuredContent"] = structuredContent
	}
	OnMCPResponseSuccess(ctx, result, debugInfo)
}

// OnMCPToolCallError answers a tool call that failed: a result that says so, not an error of the protocol.
func OnMCPToolCallError(ctx wrapper.HttpContext, err error, debugInfo ...string) {
	result := map[string]any{"content": textContent(err.Error()), "isError": true}
	OnMCPResponseSuccess(ctx, result, infoOr(debugInfo, "mcp:tools/call:error"))
}

// SendMCPToolTextResult answers a tool call with a text.
func SendMCPToolTextResult(ctx wrapper.HttpContext, result string, debugInfo ...string) {
	OnMCPToolCallSuccess(ctx, textContent(result), infoOr(debugInfo, "mcp:tools/call:result"))
}

// SendMCPToolTextResultWithStructuredContent answers a tool call with a text and JSON.
func SendMCPToolTextResultWithStructuredContent(ctx wrapper.HttpContext, textResult string, structuredContent json.RawMessage, debugInfo ...string) {
	OnMCPToolCallSuccessWithStructuredContent(ctx, textContent(textResult), structuredContent, infoOr(debugInfo, "mcp:tools/call:result"))
}

// SendMCPToolImageResult answers a tool call with an image of a content type such as image/png.
func SendMCPToolImageResult(ctx wrapper.HttpContext, image []byte, contentType string, debugInfo ...string) {
	content := []map[string]any{{"type": "image", "data": base64.StdEncoding.EncodeToString(image), "mimeType": contentType}}
	OnMCPToolCallSuccess(ctx, content, infoOr(debugInfo, "mcp:tools/call:result"))
}

func textContent(text string) []map[string]any {
	return []map[string]any{{"type": "text", "text": text}}
}

func infoOr(debugInfo []string, other string) string {
	if len(debugInfo) > 0 && debugInfo[0] != "" {
		return debugInfo[0]
	}
	return other
}
