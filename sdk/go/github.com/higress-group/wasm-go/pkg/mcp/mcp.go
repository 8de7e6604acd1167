// Package mcp is what a plugin that is an MCP server, or a filter of MCP messages, is written with.
package mcp

import (
	"github.com/higress-group/wasm-go/pkg/mcp/filter"
	"github.com/higress-group/wasm-go/pkg/mcp/server"
)

// The functions of the packages server and filter under one name.
var (
	LoadMCPServer = server.Load
	InitMCPServer = server.Initialize
	AddMCPServer  = server.AddMCPServer

	LoadMCPFilter                 = filter.Load
	InitMCPFilter                 = filter.Initialize
	FilterName                    = filter.FilterName
	SetConfigParser               = filter.SetConfigParser
	SetConfigOverrideParser       = filter.SetConfigOverrideParser
	SetFallbackHTTPRequestFilter  = filter.SetFallbackHTTPRequestFilter
	SetFallbackHTTPResponseFilter = filter.SetFallbackHTTPResponseFilter
	SetJsonRpcRequestFilter       = filter.SetJsonRpcRequestFilter
	SetJsonRpcResponseFilter      = filter.SetJsonRpcResponseFilter
	SetToolCallRequestFilter      = filter.SetToolCallRequestFilter
	SetToolCallResponseFilter     = filter.SetToolCallResponseFilter
	SetToolListResponseFilter     = filter.SetToolListResponseFilter
)

// MCPServer is a set of tools with a configuration.
type MCPServer struct {
	base server.Server
}

var _ server.Server = (*MCPServer)(nil)

// NewMCPServer makes a server without tools.
func NewMCPServer() *MCPServer {
	base := server.NewBaseMCPServer()
	return &MCPServer{base: &base}
}

// AddMCPTool adds a tool.
func (s *MCPServer) AddMCPTool(name string, tool server.Tool) server.Server {
	s.base.AddMCPTool(name, tool)
	return s
}

// GetMCPTools gives the tools by their names.
func (s *MCPServer) GetMCPTools() map[string]server.Tool { return s.base.GetMCPTools() }

// SetConfig keeps the server's part of the configuration, as JSON.
func (s *MCPServer) SetConfig(config []byte) { s.base.SetConfig(config) }

// GetConfig reads the configuration into a struct.
func (s *MCPServer) GetConfig(v any) { s.base.GetConfig(v) }

// Clone makes a server with the same tools and configuration.
func (s *MCPServer) Clone() server.Server { return &MCPServer{base: s.base.Clone()} }
