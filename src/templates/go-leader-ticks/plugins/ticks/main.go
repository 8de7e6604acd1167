package main

import (
	"errors"
	"net/http"

	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"
	"github.com/higress-group/wasm-go/pkg/log"
	"github.com/higress-group/wasm-go/pkg/wrapper"
	"github.com/tidwall/gjson"
)

func main() {}

func init() {
	wrapper.SetCtx(
		"leader-ticks",
		wrapper.ParseConfigWithContext(parseConfig),
		wrapper.ProcessRequestHeaders(onHttpRequestHeaders),
	)
}

// TickConfig is empty: what the ticks bring lies in the data that all workers share.
type TickConfig struct{}

const sharedGreeting = "greeting"

func parseConfig(ctx wrapper.PluginContext, json gjson.Result, config *TickConfig) error {
	every := json.Get("every").Int()
	if every < 100 || every%100 != 0 {
		return errors.New("every has to be a multiple of 100 milliseconds")
	}
	client := wrapper.NewClusterClient(wrapper.StaticIpCluster{ServiceName: "settings", Port: 80})
	wrapper.RegisterTickFunc(every, func() {
		// The lease lasts a minute, and nobody renews it but us.
		ctx.DoLeaderElection()
		if !ctx.IsLeader() {
			return
		}
		log.Info("this worker leads, and asks for the settings")
		err := client.Get("/settings", nil, func(statusCode int, responseHeaders http.Header, responseBody []byte) {
			if statusCode != http.StatusOK {
				log.Errorf("the settings answered with %d", statusCode)
				return
			}
			greeting := gjson.GetBytes(responseBody, "greeting").String()
			if err := proxywasm.SetSharedData(sharedGreeting, []byte(greeting), 0); err != nil {
				log.Errorf("the greeting cannot be shared: %v", err)
			}
		}, 300)
		if err != nil {
			log.Errorf("the settings cannot be asked: %v", err)
		}
	})
	return nil
}

func onHttpRequestHeaders(ctx wrapper.HttpContext, config TickConfig) types.Action {
	greeting, _, err := proxywasm.GetSharedData(sharedGreeting)
	if err != nil {
		return types.HeaderContinue // no tick has brought it yet
	}
	ctx.DisableReroute()
	proxywasm.AddHttpRequestHeader("x-greeting", string(greeting))
	return types.HeaderContinue
}
