// The host emulator of tetratelabs' proxy-wasm-go-sdk (proxytest, on wazero) on the plugin of this bench. It calls six of
// the eight callbacks: it has no proxy_on_done and proxy_on_delete of a stream.
package main

import (
	"encoding/json"
	"io"
	"log"
	"os"
	"strconv"
	"time"

	"github.com/tetratelabs/proxy-wasm-go-sdk/proxywasm/proxytest"
	"github.com/tetratelabs/proxy-wasm-go-sdk/proxywasm/types"
)

var request = [][2]string{
	{":authority", "127.0.0.1:10000"}, {":path", "/path?query=1"}, {":method", "POST"}, {":scheme", "http"},
	{"user-agent", "curl/8.1.2"}, {"accept", "*/*"}, {"x-one", "1"}, {"content-length", "32"},
}
var response = [][2]string{
	{":status", "200"}, {"content-type", "text/plain"}, {"server", "upstream"}, {"x-removed", "1"}, {"x-kept", "2"},
	{"content-length", "32"},
}
var question = []byte("a question of thirty-two letters")
var answer = []byte("an answer of thirty-two characters")

func serve(host proxytest.HostEmulator, count int) {
	for sent := 0; sent < count; sent++ {
		id := host.InitializeHttpContext()
		actions := []types.Action{
			host.CallOnRequestHeaders(id, request, false),
			host.CallOnRequestBody(id, question, true),
			host.CallOnResponseHeaders(id, response, false),
			host.CallOnResponseBody(id, answer, true),
		}
		host.CompleteHttpContext(id)
		for _, action := range actions {
			if action != types.ActionContinue {
				panic("a request was held")
			}
		}
	}
}

func main() {
	log.SetOutput(io.Discard)
	wasm, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	count, _ := strconv.Atoi(os.Args[2])
	rounds, _ := strconv.Atoi(os.Args[3])
	began := time.Now()
	vm, err := proxytest.NewWasmVMContext(wasm)
	if err != nil {
		panic(err)
	}
	host, reset := proxytest.NewHostEmulator(proxytest.NewEmulatorOption().WithVMContext(vm))
	defer reset()
	if host.StartVM() != types.OnVMStartStatusOK || host.StartPlugin() != types.OnPluginStartStatusOK {
		panic("the plugin did not start")
	}
	start := time.Since(began)
	serve(host, count)
	cold := time.Since(began)
	steady := []float64{}
	for round := 0; round < rounds; round++ {
		roundBegan := time.Now()
		serve(host, count)
		steady = append(steady, float64(count)/time.Since(roundBegan).Seconds())
	}
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	_ = json.NewEncoder(os.Stdout).Encode(map[string]any{"start": ms(start), "cold": ms(cold), "steady": steady})
}
