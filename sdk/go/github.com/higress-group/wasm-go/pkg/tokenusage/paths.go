package tokenusage

// The keys of the exchange's context that hold what was found so far.
const (
	CtxKeyChatId             = "chat_id"
	CtxKeyInputToken         = "input_token"
	CtxKeyInputTokenDetails  = "input_token_details"
	CtxKeyModel              = "model"
	CtxKeyOutputToken        = "output_token"
	CtxKeyOutputTokenDetails = "output_token_details"
	CtxKeyRequestModel       = "request_model"
	CtxKeyTotalToken         = "total_token"
)

// Where the id of a chat stands.
const (
	ChatIdPathAnthropicMessages     = "message.id"
	ChatIdPathGemini                = "responseId"
	ChatIdPathOpenAIChatCompletions = "id"
	ChatIdPathOpenAIResponses       = "response.id"
)

// Where the model's name stands, and the names of no and of an unknown model.
const (
	ModelEmpty                     = ""
	ModelPathAnthropicMessages     = "message.model"
	ModelPathGeminiGenerateContent = "modelVersion"
	ModelPathOpenAIBatches         = "body.model"
	ModelPathOpenAIChatCompletions = "model"
	ModelPathOpenAIResponses       = "response.model"
	ModelUnknown                   = "unknown"
)

// Where counts of tokens stand.
const (
	UsageCacheCreationInputTokensPathAnthropicMessages = "usage.cache_creation_input_tokens"
	UsageCacheReadInputTokensPathAnthropicMessages     = "usage.cache_read_input_tokens"
	UsageGeneratedImagesPathDoubao                     = "usage.generated_images"
	UsageInputTokensDetailsPathDoubao                  = "usage.input_tokens_details"
	UsageInputTokensDetailsPathGemini                  = "usageMetadata.promptTokensDetails"
	UsageInputTokensDetailsPathOpenAIChatCompletions   = "usage.prompt_tokens_details"
	UsageInputTokensDetailsPathOpenAIResponses         = "response.usage.input_tokens_details"
	UsageInputTokensPathAnthropicMessages              = "message.usage.input_tokens"
	UsageInputTokensPathGemini                         = "usageMetadata.promptTokenCount"
	UsageInputTokensPathOpenAIChatCompletions          = "usage.prompt_tokens"
	UsageInputTokensPathOpenAIImages                   = "usage.input_tokens"
	UsageInputTokensPathOpenAIResponses                = "response.usage.input_tokens"
	UsageMetadataCachedContentTokenCountPathGemini     = "usageMetadata.cachedContentTokenCount"
	UsageMetadataThoughtsTokenCountPathGemini          = "usageMetadata.thoughtsTokenCount"
	UsageMetadataToolUsePromptTokenCountPathGemini     = "usageMetadata.toolUsePromptTokenCount"
	UsageOutputTokensDetailsPathDoubao                 = "usage.output_tokens_details"
	UsageOutputTokensDetailsPathGemini                 = "usageMetadata.candidatesTokensDetails"
	UsageOutputTokensDetailsPathOpenAIChatCompletions  = "usage.completion_tokens_details"
	UsageOutputTokensDetailsPathOpenAIResponses        = "response.usage.output_tokens_details"
	UsageOutputTokensPathAnthropicMessages             = "message.usage.output_tokens"
	UsageOutputTokensPathGemini                        = "usageMetadata.candidatesTokenCount"
	UsageOutputTokensPathOpenAIChatCompletions         = "usage.completion_tokens"
	UsageOutputTokensPathOpenAIImages                  = "usage.output_tokens"
	UsageOutputTokensPathOpenAIResponses               = "response.usage.output_tokens"
	UsageTotalTokensPathGemini                         = "usageMetadata.totalTokenCount"
	UsageTotalTokensPathOpenAIChatCompletions          = "usage.total_tokens"
	UsageTotalTokensPathOpenAIResponses                = "response.usage.total_tokens"
)

// The keys of details that some services count beside the tokens.
const (
	InputTokenDetailsKeyAnthropicMessagesUsageCacheCreationInputTokens = "cache_creation_input_tokens"
	InputTokenDetailsKeyAnthropicMessagesUsageCacheReadInputTokens     = "cache_read_input_tokens"
	InputTokenDetailsKeyGeminiCachedContentTokenCount                  = "cached_content_token_count"
	InputTokenDetailsKeyGeminiToolUsePromptTokenCount                  = "tool_use_prompt_token_count"
	OutputTokenDetailsKeyDoubaoGeneratedImages                         = "generated_images"
	OutputTokenDetailsKeyGeminiThoughtsTokenCount                      = "thoughts_token_count"
)
