package main

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"
	"github.com/higress-group/wasm-go/pkg/log"
	"github.com/higress-group/wasm-go/pkg/wrapper"
	"github.com/tidwall/gjson"
	"github.com/tidwall/resp"
)

func main() {}

func init() {
	wrapper.SetCtx(
		"redis-limiter",
		wrapper.ParseConfigBy(parseConfig),
		wrapper.ProcessRequestHeadersBy(onHttpRequestHeaders),
		wrapper.ProcessResponseHeadersBy(onHttpResponseHeaders),
	)
}

// RedisCallConfig is the limit and the client that counts.
type RedisCallConfig struct {
	client wrapper.RedisClient
	qpm    int
}

func parseConfig(json gjson.Result, config *RedisCallConfig, log log.Log) error {
	serviceName := json.Get("serviceName").String()
	if serviceName == "" {
		return errors.New("missing serviceName in config")
	}
	servicePort := json.Get("servicePort").Int()
	if servicePort == 0 {
		if strings.HasSuffix(serviceName, ".static") {
			servicePort = 80
		} else {
			servicePort = 6379
		}
	}
	timeout := json.Get("timeout").Int()
	if timeout == 0 {
		timeout = 1000
	}
	config.qpm = int(json.Get("qpm").Int())
	config.client = wrapper.NewRedisClusterClient(wrapper.FQDNCluster{FQDN: serviceName, Port: servicePort})
	return config.client.Init(json.Get("username").String(), json.Get("password").String(), timeout)
}

const (
	timeStamp    = "timeStamp"
	callTimeLeft = "callTimeLeft"
)

func onHttpRequestHeaders(ctx wrapper.HttpContext, config RedisCallConfig, log log.Log) types.Action {
	now := time.Now()
	minute := now.Truncate(time.Minute).Unix()
	stamp := strconv.FormatInt(minute, 10)
	ctx.SetContext(timeStamp, stamp)
	err := config.client.Incr(stamp, func(response resp.Value) {
		if response.Error() != nil {
			log.Errorf("the requests are not counted: %v", response.Error())
			proxywasm.ResumeHttpRequest()
			return
		}
		count := response.Integer()
		if count == 1 {
			// The first of a minute lets the counter end with it.
			if err := config.client.Expire(stamp, 60, nil); err != nil {
				log.Errorf("the counter %s will not end: %v", stamp, err)
			}
		}
		if count > config.qpm {
			headers := [][2]string{{timeStamp, stamp}, {callTimeLeft, "0"}}
			proxywasm.SendHttpResponse(429, headers, []byte("Too many requests\n"), -1)
			return
		}
		ctx.SetContext(callTimeLeft, strconv.Itoa(config.qpm-count))
		proxywasm.ResumeHttpRequest()
	})
	if err != nil {
		log.Errorf("the requests are not counted: %v", err)
		return types.HeaderContinue
	}
	return types.HeaderStopAllIterationAndWatermark
}

func onHttpResponseHeaders(ctx wrapper.HttpContext, config RedisCallConfig, log log.Log) types.Action {
	if left := ctx.GetStringContext(callTimeLeft, ""); left != "" {
		proxywasm.AddHttpResponseHeader(timeStamp, ctx.GetStringContext(timeStamp, ""))
		proxywasm.AddHttpResponseHeader(callTimeLeft, left)
	}
	return types.HeaderContinue
}
