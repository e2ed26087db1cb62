using System.Collections.Immutable;

namespace Codex.Contract.Tests.Providers.Scripted;

/// <summary>Servers people run themselves: most look at no key, and templates are strict.</summary>
internal static class LocalManners
{
    private static readonly Refusal PlainRoles = Refusals.Roles("Unexpected message role.", "system", "user", "assistant", "tool");

    private static readonly ReasoningForm ReasoningContent = new ReasoningForm.Field("reasoning_content");

    private static readonly Manner LlamaCpp = new("llamacpp")
    {
        Reasoning = ReasoningContent,
        CallId = (place, _) => $"Zk3o5bQvZ8mYtR2wP1xN7cLd{place}",
        Errors = ErrorShapes.Numbered,
        Refusals =
        [
            PlainRoles,
            Refusals.SystemOnlyFirst(new Complaint(500, "System message must be at the beginning.", "server_error")),
            Refusals.Alternation("Conversation roles must alternate user/assistant/user/assistant/..."),
            Refusals.Choices(_ => new Complaint(400, "Invalid tool_choice: a function cannot be named", "invalid_request_error"), "auto", "none", "required"),
        ],
        TooLong = new Complaint(400, "the request exceeds the available context size, try increasing it", "exceed_context_size_error"),
    };

    private static readonly Manner Vllm = new("vllm")
    {
        Reasoning = new ReasoningForm.Field("reasoning"),
        CallId = (place, _) => $"chatcmpl-tool-5f1d7a84c9e04c2db3{place}",
        BindsByGrammar = true,
        Errors = ErrorShapes.Numbered,
        Refusals =
        [
            Refusals.Roles("Unexpected message role.", "system", "user", "assistant", "tool", "developer"),
            Refusals.SystemOnlyFirst(new Complaint(400, "System message must be at the beginning.", "BadRequestError")),
            Refusals.Efforts(word => new Complaint(400, $"Input should be 'low', 'medium' or 'high', not '{word}'", "BadRequestError"), "low", "medium", "high"),
        ],
        UnknownModel = new Complaint(404, "The model `{model}` does not exist.", "NotFoundError"),
        TooLong = new Complaint(
            400,
            "This model's maximum context length is 20000 tokens. However, your request has 60000 input tokens. Please reduce the length of the input messages.",
            "BadRequestError"),
    };

    public static readonly ImmutableArray<Manner> All =
    [
        new("generic") { UnknownModel = new Complaint(404, "The model '{model}' does not exist", Code: "model_not_found") },
        new("demo"),
        LlamaCpp,
        LlamaCpp with
        {
            Name = "llamaswap",
            LoadingNotice =
            [
                "━━━━━\n", "llama-swap loading model: scripted-model\n", ".", ".", "\nReticu", "lating splines...\n", ".", "\nDone! (2.10s)\n", "━━━━━\n", " \n",
            ],
            Errors = ErrorShapes.Nested,
            UnknownModel = new Complaint(404, "could not find real modelID for {model}"),
        },
        new("lmstudio")
        {
            Reasoning = ReasoningContent,
            CallId = (place, _) => $"36541{place}872",
            Errors = ErrorShapes.Nested,
            Refusals =
            [
                PlainRoles,
                Refusals.Choices(_ => new Complaint(400, "Invalid tool_choice type: 'object'. Supported string values: none, auto, required"), "auto", "none", "required"),
                Refusals.Efforts(word => new Complaint(400, $"Invalid reasoning_effort: {word}"), "none", "low", "medium", "high", "xhigh"),
            ],
            TooLong = new Complaint(
                400,
                "Trying to keep the first 60000 tokens when context the overflows. However, the model is loaded with context length of only 20000 tokens, which is not enough."),
        },
        new("ollama")
        {
            Reasoning = new ReasoningForm.Field("reasoning"),
            Calls = CallForm.WholeSharedIndex,
            CallId = (place, _) => $"call_x7k2m9p{place}",
            BindsByGrammar = true,
            IgnoresToolChoice = true,
            Refusals =
            [
                PlainRoles,
                Refusals.NullContent(new Complaint(400, "invalid message content type: <nil>")),
                Refusals.BrokenArguments(new Complaint(400, "invalid tool call arguments")),
                Refusals.Efforts(
                    word => new Complaint(400, $"invalid reasoning value: '{word}' (must be \"high\", \"medium\", \"low\", \"max\", or \"none\")"),
                    "none", "low", "medium", "high", "max"),
            ],
            UnknownModel = new Complaint(404, "model '{model}' not found", "not_found_error"),
            TooLong = null,
        },
        new("sglang")
        {
            Reasoning = ReasoningContent,
            Calls = CallForm.FragmentsRepeating,
            CallId = (place, name) => $"functions.{name}:{place}",
            BindsByGrammar = true,
            Errors = ErrorShapes.Flat,
            Refusals =
            [
                PlainRoles,
                Refusals.Efforts(word => new Complaint(500, $"Internal Server Error ({word})", "InternalServerError"), "low", "medium", "high"),
            ],
            TooLong = new Complaint(
                400, "The input (60000 tokens) is longer than the model's context length (20000 tokens).", "BadRequestError"),
        },
        Vllm,
        Vllm with
        {
            Name = "tensormesh",
            BindsByGrammar = false,
            WrongKey = new Complaint(401, "Invalid API key", "authentication_error"),
        },
    ];
}
