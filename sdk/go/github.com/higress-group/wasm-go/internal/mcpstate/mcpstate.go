// Package mcpstate is what the packages below pkg/mcp know of one another.
package mcpstate

// Answered is the key of an exchange's context that says: an answer is sent, or will come through the response phases.
const Answered = "mcp:answered"

// The error codes of JSON-RPC 2.0.
const (
	ParseError     = -32700
	InvalidRequest = -32600
	MethodNotFound = -32601
	InvalidParams  = -32602
)
