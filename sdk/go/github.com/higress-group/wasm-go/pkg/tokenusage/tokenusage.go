// Package tokenusage reads how many tokens a reply of an AI service used: OpenAI's chat completions and responses,
// Anthropic's messages, Gemini and Doubao, whole or as chunks of an event stream.
package tokenusage

import (
	"github.com/higress-group/wasm-go/internal/events"
	"github.com/higress-group/wasm-go/pkg/wrapper"
	"github.com/tidwall/gjson"
)

// TokenUsage is what a reply has used, as far as it is known. Counts are tokens.
type TokenUsage struct {
	InputToken         int64
	InputTokenDetails  map[string]int64
	OutputTokenDetails map[string]int64
	OutputToken        int64
	TotalToken         int64
	Model              string

	AnthropicCacheCreationInputToken int64
	AnthropicCacheReadInputToken     int64
}

// GetTokenUsage reads a reply, or the next chunk of one. What earlier chunks of the same exchange said is kept in its
// context and counts again.
func GetTokenUsage(ctx wrapper.HttpContext, body []byte) TokenUsage {
	var usage TokenUsage
	ExtractChatId(ctx, body)
	ExtractModel(ctx, body, &usage)
	ExtractInputTokens(ctx, body, &usage)
	ExtractInputTokenDetails(ctx, body, &usage)
	ExtractOutputTokens(ctx, body, &usage)
	ExtractOutputTokenDetails(ctx, body, &usage)
	ExtractTotalTokens(ctx, body, &usage)
	return usage
}

// The last value that stands at one of the paths: services repeat counts, and the last one is right.
func last(body []byte, paths ...string) (gjson.Result, bool) {
	var found gjson.Result
	for _, document := range events.Documents(body) {
		for _, path := range paths {
			if value := gjson.GetBytes(document, path); value.Exists() && value.Type != gjson.Null {
				found = value
				break
			}
		}
	}
	return found, found.Exists()
}

// A count of this body, or else of an earlier one.
func count(ctx wrapper.HttpContext, body []byte, key string, paths ...string) (int64, bool) {
	if value, ok := last(body, paths...); ok {
		ctx.SetContext(key, value.Int())
	}
	kept, ok := ctx.GetContext(key).(int64)
	return kept, ok
}

// ExtractChatId keeps the id of the chat in the context (CtxKeyChatId).
func ExtractChatId(ctx wrapper.HttpContext, body []byte) {
	id, ok := last(body, ChatIdPathOpenAIChatCompletions, ChatIdPathOpenAIResponses, ChatIdPathGemini, ChatIdPathAnthropicMessages)
	if ok && id.String() != "" {
		ctx.SetContext(CtxKeyChatId, id.String())
	}
}

// ExtractModel reads the model; without one it is the request's (CtxKeyRequestModel), or ModelUnknown.
func ExtractModel(ctx wrapper.HttpContext, body []byte, u *TokenUsage) {
	model, ok := last(body, ModelPathOpenAIChatCompletions, ModelPathOpenAIResponses, ModelPathGeminiGenerateContent,
		ModelPathAnthropicMessages, ModelPathOpenAIBatches)
	if ok && model.String() != ModelEmpty {
		ctx.SetContext(CtxKeyModel, model.String())
	}
	u.Model = ctx.GetStringContext(CtxKeyModel, ctx.GetStringContext(CtxKeyRequestModel, ModelUnknown))
}

// ExtractInputTokens reads the tokens of the prompt.
func ExtractInputTokens(ctx wrapper.HttpContext, body []byte, u *TokenUsage) {
	u.InputToken, _ = count(ctx, body, CtxKeyInputToken, UsageInputTokensPathOpenAIChatCompletions,
		UsageInputTokensPathOpenAIImages, UsageInputTokensPathOpenAIResponses, UsageInputTokensPathGemini,
		UsageInputTokensPathAnthropicMessages)
}

// ExtractOutputTokens reads the tokens of the answer.
func ExtractOutputTokens(ctx wrapper.HttpContext, body []byte, u *TokenUsage) {
	u.OutputToken, _ = count(ctx, body, CtxKeyOutputToken, UsageOutputTokensPathOpenAIChatCompletions,
		UsageOutputTokensPathOpenAIImages, UsageOutputTokensPathOpenAIResponses, UsageOutputTokensPathGemini,
		UsageOutputTokensPathAnthropicMessages)
}

// ExtractTotalTokens reads the sum; a service that does not give one means the tokens of prompt and answer.
func ExtractTotalTokens(ctx wrapper.HttpContext, body []byte, u *TokenUsage) {
	total, ok := count(ctx, body, CtxKeyTotalToken, UsageTotalTokensPathOpenAIChatCompletions,
		UsageTotalTokensPathOpenAIResponses, UsageTotalTokensPathGemini)
	if !ok {
		total = u.InputToken + u.OutputToken
	}
	u.TotalToken = total
}

// ExtractInputTokenDetails reads what services count beside the prompt's tokens, such as cached ones.
func ExtractInputTokenDetails(ctx wrapper.HttpContext, body []byte, u *TokenUsage) {
	details := detailsOf(ctx, CtxKeyInputTokenDetails)
	addMap(details, body, UsageInputTokensDetailsPathOpenAIChatCompletions, UsageInputTokensDetailsPathOpenAIResponses,
		UsageInputTokensDetailsPathDoubao)
	addModalities(details, body, UsageInputTokensDetailsPathGemini)
	addOne(details, body, InputTokenDetailsKeyGeminiCachedContentTokenCount, UsageMetadataCachedContentTokenCountPathGemini)
	addOne(details, body, InputTokenDetailsKeyGeminiToolUsePromptTokenCount, UsageMetadataToolUsePromptTokenCountPathGemini)
	addOne(details, body, InputTokenDetailsKeyAnthropicMessagesUsageCacheCreationInputTokens,
		UsageCacheCreationInputTokensPathAnthropicMessages, "message."+UsageCacheCreationInputTokensPathAnthropicMessages)
	addOne(details, body, InputTokenDetailsKeyAnthropicMessagesUsageCacheReadInputTokens,
		UsageCacheReadInputTokensPathAnthropicMessages, "message."+UsageCacheReadInputTokensPathAnthropicMessages)
	u.InputTokenDetails = keep(ctx, CtxKeyInputTokenDetails, details)
	u.AnthropicCacheCreationInputToken = details[InputTokenDetailsKeyAnthropicMessagesUsageCacheCreationInputTokens]
	u.AnthropicCacheReadInputToken = details[InputTokenDetailsKeyAnthropicMessagesUsageCacheReadInputTokens]
}

// ExtractOutputTokenDetails reads what services count beside the answer's tokens, such as those of reasoning.
func ExtractOutputTokenDetails(ctx wrapper.HttpContext, body []byte, u *TokenUsage) {
	details := detailsOf(ctx, CtxKeyOutputTokenDetails)
	addMap(details, body, UsageOutputTokensDetailsPathOpenAIChatCompletions, UsageOutputTokensDetailsPathOpenAIResponses)
	addModalities(details, body, UsageOutputTokensDetailsPathGemini)
	addOne(details, body, OutputTokenDetailsKeyGeminiThoughtsTokenCount, UsageMetadataThoughtsTokenCountPathGemini)
	addOne(details, body, OutputTokenDetailsKeyDoubaoGeneratedImages, UsageGeneratedImagesPathDoubao)
	u.OutputTokenDetails = keep(ctx, CtxKeyOutputTokenDetails, details)
}

func detailsOf(ctx wrapper.HttpContext, key string) map[string]int64 {
	if kept, ok := ctx.GetContext(key).(map[string]int64); ok {
		return kept
	}
	return make(map[string]int64)
}

// Nothing found stays nil.
func keep(ctx wrapper.HttpContext, key string, details map[string]int64) map[string]int64 {
	if len(details) == 0 {
		return nil
	}
	ctx.SetContext(key, details)
	return details
}

func addMap(details map[string]int64, body []byte, paths ...string) {
	value, ok := last(body, paths...)
	if !ok {
		return
	}
	value.ForEach(func(name, tokens gjson.Result) bool {
		if tokens.Type == gjson.Number {
			details[name.String()] = tokens.Int()
		}
		return true
	})
}

// Gemini lists {"modality":"TEXT","tokenCount":1}.
func addModalities(details map[string]int64, body []byte, path string) {
	value, ok := last(body, path)
	if !ok {
		return
	}
	for _, entry := range value.Array() {
		details[entry.Get("modality").String()] = entry.Get("tokenCount").Int()
	}
}

func addOne(details map[string]int64, body []byte, name string, paths ...string) {
	if value, ok := last(body, paths...); ok {
		details[name] = value.Int()
	}
}
