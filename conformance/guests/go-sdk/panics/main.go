// A Higress plugin that fails in each callback its configuration names.
package main

import (
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"
)

func main() {}

func init() { proxywasm.SetVMContext(&vm{}) }

type vm struct{ types.DefaultVMContext }

func (*vm) NewPluginContext(uint32) types.PluginContext { return &plugin{} }

type plugin struct {
	types.DefaultPluginContext
	where string
}

func (p *plugin) OnPluginStart(int) types.OnPluginStartStatus {
	configuration, _ := proxywasm.GetPluginConfiguration()
	p.where = string(configuration)
	return types.OnPluginStartStatusOK
}

func (p *plugin) NewHttpContext(uint32) types.HttpContext {
	if p.where == `{"in":"nothing"}` {
		return nil
	}
	return &stream{where: p.where}
}

type stream struct {
	types.DefaultHttpContext
	where string
}

func (s *stream) OnHttpRequestHeaders(int, bool) types.Action {
	switch s.where {
	case `{"in":"index"}`:
		return deeper([]int{1, 2}, 5)
	case `{"in":"nil"}`:
		var missing *stream
		return types.Action(len(missing.where))
	case `{"in":"custom"}`:
		panic(problem{"two\nlines"})
	case `{"in":"goroutine"}`:
		done := make(chan bool)
		go func() { panic("elsewhere") }()
		<-done
	case `{"in":"wait"}`:
		<-make(chan bool)
	}
	return types.ActionContinue
}

type problem struct{ text string }

func (p problem) Error() string { return p.text }

//go:noinline
func deeper(list []int, index int) types.Action {
	return types.Action(list[index])
}
