package tokenusage

import (
	"reflect"
	"testing"

	"github.com/higress-group/wasm-go/pkg/wrapper"
)

// A context that only keeps values.
type exchange struct {
	wrapper.HttpContext
	values map[string]interface{}
}

func (e exchange) SetContext(key string, value interface{}) { e.values[key] = value }
func (e exchange) GetContext(key string) interface{}        { return e.values[key] }
func (e exchange) GetStringContext(key, other string) string {
	if text, ok := e.values[key].(string); ok {
		return text
	}
	return other
}

func usageOf(bodies ...string) (TokenUsage, exchange) {
	ctx := exchange{values: map[string]interface{}{}}
	var usage TokenUsage
	for _, body := range bodies {
		usage = GetTokenUsage(ctx, []byte(body))
	}
	return usage, ctx
}

func TestWholeRepliesOfServices(t *testing.T) {
	cases := []struct {
		name, body string
		want       TokenUsage
	}{
		{
			"chat completions",
			`{"id":"c","model":"m","usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7,"prompt_tokens_details":{"cached_tokens":2}}}`,
			TokenUsage{InputToken: 3, OutputToken: 4, TotalToken: 7, Model: "m", InputTokenDetails: map[string]int64{"cached_tokens": 2}},
		},
		{
			"responses",
			`{"response":{"id":"r","model":"m","usage":{"input_tokens":1,"output_tokens":2,"total_tokens":3,"output_tokens_details":{"reasoning_tokens":1}}}}`,
			TokenUsage{InputToken: 1, OutputToken: 2, TotalToken: 3, Model: "m", OutputTokenDetails: map[string]int64{"reasoning_tokens": 1}},
		},
		{
			"gemini",
			`{"modelVersion":"g","usageMetadata":{"promptTokenCount":1,"candidatesTokenCount":2,"totalTokenCount":4,"thoughtsTokenCount":1,"promptTokensDetails":[{"modality":"TEXT","tokenCount":1}]}}`,
			TokenUsage{InputToken: 1, OutputToken: 2, TotalToken: 4, Model: "g", InputTokenDetails: map[string]int64{"TEXT": 1}, OutputTokenDetails: map[string]int64{"thoughts_token_count": 1}},
		},
		{"none", `{"error":"x"}`, TokenUsage{Model: ModelUnknown}},
	}
	for _, c := range cases {
		if got, _ := usageOf(c.body); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: got %+v, want %+v", c.name, got, c.want)
		}
	}
}

func TestChunksOfAMessageAddUp(t *testing.T) {
	got, ctx := usageOf(
		"event: message_start\ndata: {\"message\":{\"id\":\"a\",\"model\":\"claude\",\"usage\":{\"input_tokens\":10,\"output_tokens\":1,\"cache_read_input_tokens\":5}}}\n\n",
		"data: {\"delta\":{}}\n\n",
		"data: {\"usage\":{\"output_tokens\":20}}\n\ndata: {\"usage\":{\"output_tokens\":21}}\n\n",
	)
	want := TokenUsage{
		InputToken: 10, OutputToken: 21, TotalToken: 31, Model: "claude", AnthropicCacheReadInputToken: 5,
		InputTokenDetails: map[string]int64{"cache_read_input_tokens": 5},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if ctx.values[CtxKeyChatId] != "a" {
		t.Errorf("chat id %v", ctx.values[CtxKeyChatId])
	}
}

func TestTheModelOfTheRequestStandsInForOneThatIsNotAnswered(t *testing.T) {
	ctx := exchange{values: map[string]interface{}{CtxKeyRequestModel: "asked"}}
	if got := GetTokenUsage(ctx, []byte(`{}`)).Model; got != "asked" {
		t.Errorf("got %q", got)
	}
}
