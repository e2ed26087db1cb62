using System.Collections.Immutable;

namespace Codex.Contract.Tests.Providers.Scripted;

/// <summary>Hosts: all want a key and know their models.</summary>
internal static class HostedManners
{
    private static readonly Refusal PlainRoles =
        Refusals.Roles("unknown variant `developer`, expected one of `system`, `user`, `assistant`, `tool`", "system", "user", "assistant", "tool");

    private static readonly ReasoningForm ReasoningContent = new ReasoningForm.Field("reasoning_content");

    private static readonly Complaint BadKey = new(401, "Incorrect API key provided.", "invalid_request_error", "invalid_api_key");

    private static readonly Complaint NoModel =
        new(404, "The model `{model}` does not exist or you do not have access to it.", "invalid_request_error", "model_not_found");

    /// <summary>A host of open models that does what most do.</summary>
    private static readonly Manner Plain = new("plain")
    {
        Reasoning = ReasoningContent,
        Refusals = [PlainRoles],
        UnknownModel = NoModel,
        WrongKey = BadKey,
    };

    public static readonly ImmutableArray<Manner> All =
    [
        Plain with
        {
            Name = "cerebras",
            Errors = ErrorShapes.Flat,
            Reasoning = new ReasoningForm.Field("reasoning"),
            Refusals =
            [
                PlainRoles,
                Refusals.UnknownFields(
                    name => new Complaint(400, $"property '{name}' is unsupported", Code: "wrong_api_format"),
                    "max_completion_tokens", "seed", "user", "parallel_tool_calls", "stream_options"),
                Refusals.UnknownMessageFields(name => new Complaint(400, $"messages.property '{name}' is unsupported", Code: "wrong_api_format")),
                Refusals.Pictures(new Complaint(400, "Content type 'image_url' is not supported by this model", Code: "wrong_api_format")),
            ],
            UnknownModel = new Complaint(404, "Model {model} does not exist or you do not have access to it.", "not_found_error", "model_not_found"),
            WrongKey = new Complaint(401, "Wrong API Key", "invalid_request_error", "wrong_api_key"),
        },
        Plain with { Name = "coreweave" },
        Plain with
        {
            Name = "deepseek",
            Refusals =
            [
                PlainRoles,
                Refusals.MissingReasoning("reasoning_content", _ => new Complaint(400, "The `reasoning_content` in the thinking mode must be passed back to the API.")),
                Refusals.Pictures(new Complaint(400, "Failed to deserialize the JSON body into the target type: messages[0]: unknown variant `image_url`, expected `text`")),
                Refusals.Formats(_ => new Complaint(400, "This response_format type is unavailable now"), "json_object"),
                Refusals.Efforts(word => new Complaint(400, $"unknown variant `{word}`, expected `high` or `max`"), "high", "max"),
            ],
            // deepwn/addi#13
            UnknownModel = new Complaint(400, "Model Not Exist", Code: "invalid_request_error"),
            WrongKey = new Complaint(401, "Authentication Fails, Your api key: ****4711 is invalid", "authentication_error", "invalid_request_error"),
        },
        Plain with { Name = "featherless", Reasoning = new ReasoningForm.Tags() },
        Plain with
        {
            Name = "fireworks",
            UnknownModel = new Complaint(404, "Model not found, inaccessible, and/or not deployed", "invalid_request_error", "NOT_FOUND"),
        },
        Plain with
        {
            Name = "groq",
            Reasoning = new ReasoningForm.Field("reasoning"),
            Calls = CallForm.Whole,
            Refusals =
            [
                PlainRoles,
                Refusals.UnknownFields(
                    name => new Complaint(400, $"property '{name}' is unsupported", Code: "unsupported_parameter"),
                    "max_completion_tokens", "seed", "user", "parallel_tool_calls", "stream_options", "service_tier", "reasoning_effort"),
                Refusals.UnknownMessageFields(name => new Complaint(400, $"'messages.2' : for 'role:assistant' the following must be satisfied[('messages.2' : property '{name}' is unsupported)]")),
                Refusals.FormatWith(p => p.Streams || !p.Tools.IsEmpty, new Complaint(400, "response_format cannot be combined with streaming or tool use")),
            ],
            WrongKey = new Complaint(401, "Invalid API Key", "invalid_request_error", "invalid_api_key"),
        },
        Plain with
        {
            Name = "huggingface",
            UnknownModel = new Complaint(400, "The requested model '{model}' does not exist", Code: "model_not_found"),
            WrongKey = new Complaint(401, "Invalid username or password.", "error"),
            Errors = ErrorShapes.Words,
        },
        Plain with
        {
            Name = "mimo",
            Refusals = [PlainRoles, Refusals.Choices(c => new Complaint(400, $"tool_choice '{c}' is not supported"), "auto"), Refusals.Formats(f => new Complaint(400, $"response_format '{f}' is not supported"), "json_object")],
        },
        Plain with
        {
            Name = "minimax",
            Errors = ErrorShapes.BeneathSuccess,
            Reasoning = new ReasoningForm.Details(PlainField: null),
            Refusals =
            [
                Refusals.Roles("invalid params, invalid role", "system", "user", "assistant", "tool"),
                Refusals.SystemOnlyFirst(new Complaint(400, "invalid params, invalid chat setting", Code: "2013")),
                Refusals.ChangedDetails(new Complaint(400, "invalid params, reasoning_details were changed", Code: "2013")),
                Refusals.Choices(c => new Complaint(400, $"invalid params, tool_choice {c}", Code: "2013"), "auto", "none"),
                Refusals.Pictures(new Complaint(400, "invalid params, image input is not supported", Code: "2013")),
            ],
            UnknownModel = new Complaint(400, "invalid params, unknown model '{model}'", Code: "2013"),
            WrongKey = new Complaint(401, "login fail: Please carry the API secret key in the 'Authorization' field of the request header", Code: "1004"),
            TooLong = new Complaint(400, "invalid params, context window exceeds limit", Code: "2013"),
        },
        Plain with
        {
            Name = "mistral",
            Errors = ErrorShapes.Validation,
            Reasoning = new ReasoningForm.Parts(),
            Calls = CallForm.Whole,
            CallId = (place, _) => $"D681PevK{place}",
            Usage = UsageForm.LastChunk,
            Refusals =
            [
                Refusals.Roles("Input tag 'developer' found using 'role' does not match any of the expected tags", "system", "user", "assistant", "tool"),
                Refusals.UnknownFields(
                    name => new Complaint(422, $"Extra inputs are not permitted: {name}", Code: "extra_forbidden"),
                    "max_tokens", "random_seed", "presence_penalty", "frequency_penalty", "parallel_tool_calls"),
                Refusals.UnknownMessageFields(name => new Complaint(422, $"Extra inputs are not permitted: {name}", Code: "extra_forbidden"), "prefix"),
                Refusals.CallIds("^[a-zA-Z0-9]{9}$", new Complaint(400, "Tool call id was not as expected but must be a-z, A-Z, 0-9, with a length of 9.", "invalid_function_call", "3280")),
                Refusals.UserAfterTool(new Complaint(400, "Unexpected role 'user' after role 'tool'", "invalid_request_message_order", "3230")),
            ],
            UnknownModel = new Complaint(400, "Invalid model: {model}", "invalid_model", "1500"),
            WrongKey = new Complaint(401, "Unauthorized"),
            TooLong = new Complaint(400, "Prompt contains 60000 tokens, too large for model with 20000 maximum context length", "invalid_request_prompt", "3051"),
        },
        Plain with
        {
            Name = "moonshot",
            CallId = (place, name) => $"functions.{name}:{place}",
            Usage = UsageForm.OwnChunkWhenAsked,
            Refusals =
            [
                PlainRoles,
                // continue#11600, mastra#12592
                Refusals.MissingReasoning("reasoning_content", i => new Complaint(400, $"thinking is enabled but reasoning_content is missing in assistant tool call message at index {i}")),
                Refusals.Fields(name => new Complaint(400, $"invalid {name}: only the default is allowed for this model"), "temperature", "top_p", "presence_penalty", "frequency_penalty"),
                Refusals.Choices(c => new Complaint(400, $"tool_choice '{c}' is incompatible with thinking enabled"), "auto", "none"),
                Refusals.Efforts(word => new Complaint(400, $"invalid reasoning_effort: {word}"), "low", "high", "max"),
            ],
            UnknownModel = new Complaint(404, "Not found the model {model} or Permission denied", "resource_not_found_error"),
            WrongKey = new Complaint(401, "Invalid Authentication", "invalid_authentication_error"),
            TooLong = new Complaint(400, "Invalid request: Your request exceeded model token limit: 20000"),
        },
        Plain with
        {
            Name = "nvidia",
            Errors = ErrorShapes.Problem,
            Refusals = [PlainRoles, Refusals.Fields(name => new Complaint(400, $"{name} is not supported by this model", "Bad Request"), "parallel_tool_calls")],
            UnknownModel = new Complaint(404, "Model '{model}' not found for this account", "Not Found"),
            WrongKey = new Complaint(403, "Authorization failed", "Forbidden"),
            TooLong = new Complaint(400, "This model's maximum context length is 20000 tokens.", "Bad Request"),
        },
        new("openai") { UnknownModel = NoModel, WrongKey = BadKey },
        Plain with
        {
            Name = "openrouter",
            Errors = ErrorShapes.Numbered,
            Comment = "OPENROUTER PROCESSING",
            Reasoning = new ReasoningForm.Details("reasoning"),
            Refusals = [PlainRoles, Refusals.ChangedDetails(new Complaint(400, "Provider returned error: reasoning_details were changed"))],
            // MuiseDestiny/zotero-gpt#483
            UnknownModel = new Complaint(400, "{model} is not a valid model ID"),
            WrongKey = new Complaint(401, "No auth credentials found"),
            TooLong = new Complaint(400, "This endpoint's maximum context length is 20000 tokens. However, you requested about 60000 tokens."),
        },
        Plain with
        {
            Name = "qwen",
            Calls = CallForm.FragmentsRepeating,
            Refusals =
            [
                PlainRoles,
                Refusals.SystemOnlyFirst(new Complaint(400, "<400> InternalError.Algo.InvalidParameter: System message must be at the beginning.")),
                Refusals.Alternation("Conversation roles must alternate user/assistant/user/assistant/..."),
                Refusals.Choices(c => new Complaint(400, $"<400> InternalError.Algo.InvalidParameter: The tool_choice parameter does not support being set to {c}"), "auto", "none", "named"),
                Refusals.Formats(f => new Complaint(400, $"response_format '{f}' is not supported"), "json_object"),
            ],
            TooLong = new Complaint(400, "<400> InternalError.Algo.InvalidParameter: Range of input length should be [1, 20000]"),
        },
        Plain with
        {
            Name = "together",
            Reasoning = new ReasoningForm.Tags(),
            Calls = CallForm.WholeWithoutIndex,
            Usage = UsageForm.LastChunk,
            UnknownModel = new Complaint(404, "Unable to access model {model}. Please visit the list of supported models.", Code: "model_not_available"),
        },
        Plain with
        {
            Name = "volcengine",
            Refusals = [PlainRoles, Refusals.EmptyContent(new Complaint(400, "messages.content must not be empty", "BadRequest", "InvalidParameter"))],
            UnknownModel = new Complaint(404, "The model or endpoint {model} does not exist or you do not have access to it.", "NotFound", "InvalidEndpointOrModel.NotFound"),
            WrongKey = new Complaint(401, "the API key or AK/SK in the request is missing or invalid", "Unauthorized", "AuthenticationError"),
        },
        Plain with
        {
            Name = "xai",
            Errors = ErrorShapes.Words,
            Usage = UsageForm.EachChunk,
            Refusals =
            [
                PlainRoles,
                Refusals.RootKeywords(new Complaint(400, "Invalid schema: oneOf and anyOf are not allowed at the root", Code: "invalid-argument"), "oneOf", "anyOf"),
                Refusals.Fields(name => new Complaint(400, $"Argument not supported on this model: {name}", Code: "invalid-argument"), "presence_penalty", "frequency_penalty", "stop"),
                Refusals.Efforts(word => new Complaint(400, $"unknown reasoning effort {word}", Code: "invalid-argument"), "low", "medium", "high"),
            ],
            UnknownModel = new Complaint(404, "The model {model} does not exist or your team does not have access to it.", Code: "Some requested entity was not found"),
            WrongKey = new Complaint(400, "Incorrect API key provided: no***11. You can obtain an API key from the console.", Code: "Client specified an invalid argument"),
        },
        Plain with
        {
            Name = "zai",
            Refusals = [PlainRoles, Refusals.Choices(c => new Complaint(400, $"tool_choice {c} is not supported", Code: "1210"), "auto"), Refusals.Formats(f => new Complaint(400, $"response_format {f} is not supported", Code: "1210"), "json_object")],
            UnknownModel = new Complaint(400, "Unknown Model, please check the model code.", Code: "1211"),
            WrongKey = new Complaint(401, "Authorization Token is invalid, please confirm that it is passed correctly.", Code: "1000"),
            TooLong = new Complaint(400, "Prompt exceeds max length", Code: "1261"),
        },
    ];
}
