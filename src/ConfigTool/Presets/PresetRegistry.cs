using System.Collections.Immutable;

namespace Codex.ConfigTool.Presets;

/// <summary>Every preset. Adding one is one entry here; help, completions, documentation and tests are folds over it.</summary>
public static class PresetRegistry
{
    private static readonly ResponsesSupport ChatOnly =
        new ResponsesSupport.Missing("it speaks chat/completions only, and Codex needs /responses");

    public static ImmutableArray<Preset> All { get; } =
    [
        new("tensormesh", "Tensormesh serverless, open-weight models")
        {
            Id = "tensormesh",
            BaseUrl = "https://serverless.tensormesh.ai/v1",
            KeyVariable = "TENSORMESH_INFERENCE_API_KEY",
            KeyPrefixes = new("ak-", "ak-live-", ["ak-dev-", "ak-staging-"]),
            DefaultModel = "MiniMaxAI/MiniMax-M2.5",
            Effort = "medium",
            GatewayDialect = "tensormesh",
            Models =
            [
                new("MiniMaxAI/MiniMax-M2.5", 196608),
                new("openai/gpt-oss-120b", 131072),
                new("openai/gpt-oss-20b", 131072),
                new("Qwen/Qwen3-235B-A22B", 40960),
                new("Qwen/Qwen3-30B-A3B", 40960),
                new("Qwen/Qwen3-Coder-30B-A3B-Instruct", 262144),
                new("Qwen/Qwen3-Coder-480B-A35B-Instruct-FP8", 262144),
                new("mistralai/Devstral-2-123B-Instruct-2512", 32768),
                new("moonshotai/Kimi-K2.6", 32768),
            ],
        },
        new("gateway", "codex-gateway on this machine")
        {
            Id = "gateway",
            BaseUrl = "http://127.0.0.1:8484/v1",
            HasCodexCatalogue = true,
            IsModelOptional = true,
            // The gateway retries on its own until output has been sent; only a stream cut behind that is left for Codex.
            Numbers = [new("request_max_retries", 0), new("stream_max_retries", 1)],
        },
        new("ollama", "Ollama; Codex has it built in")
        {
            Id = "ollama-remote",
            BuiltInId = "ollama",
            BaseUrl = "http://localhost:11434/v1",
            GatewayDialect = "ollama",
        },
        new("lmstudio", "LM Studio; Codex has it built in")
        {
            Id = "lmstudio-remote",
            BuiltInId = "lmstudio",
            BaseUrl = "http://localhost:1234/v1",
            GatewayDialect = "lmstudio",
        },
        new("vllm", "vLLM server")
        {
            Id = "vllm",
            BaseUrl = "http://127.0.0.1:8000/v1",
            KeyVariable = "VLLM_API_KEY",
            IsKeyOptional = true,
            AsksServerForModel = true,
            GatewayDialect = "vllm",
        },
        new("llamacpp", "llama.cpp server")
        {
            Id = "llamacpp",
            BaseUrl = "http://127.0.0.1:8080/v1",
            AsksServerForModel = true,
            NeedsMinimalTools = true,
            GatewayDialect = "llamacpp",
        },
        new("sglang", "SGLang server")
        {
            Id = "sglang",
            BaseUrl = "http://127.0.0.1:30000/v1",
            KeyVariable = "SGLANG_API_KEY",
            IsKeyOptional = true,
            AsksServerForModel = true,
            Responses = new ResponsesSupport.Uncertain("its /responses does not serve every model"),
            GatewayDialect = "sglang",
        },
        new("openrouter", "OpenRouter")
        {
            Id = "openrouter",
            BaseUrl = "https://openrouter.ai/api/v1",
            KeyVariable = "OPENROUTER_API_KEY",
            GatewayDialect = "openrouter",
        },
        new("together", "Together AI")
        {
            Id = "together",
            BaseUrl = "https://api.together.ai/v1",
            KeyVariable = "TOGETHER_API_KEY",
            Responses = new ResponsesSupport.Uncertain("its /responses is a beta"),
            GatewayDialect = "together",
        },
        new("groq", "Groq")
        {
            Id = "groq",
            BaseUrl = "https://api.groq.com/openai/v1",
            KeyVariable = "GROQ_API_KEY",
            Responses = new ResponsesSupport.Uncertain("nobody has confirmed that Codex works with its /responses"),
            GatewayDialect = "groq",
        },
        new("deepseek", "DeepSeek; through the gateway")
        {
            Id = "deepseek",
            BaseUrl = "https://api.deepseek.com/v1",
            KeyVariable = "DEEPSEEK_API_KEY",
            Responses = ChatOnly,
            GatewayDialect = "deepseek",
        },
        new("mistral", "Mistral; through the gateway")
        {
            Id = "mistral",
            BaseUrl = "https://api.mistral.ai/v1",
            KeyVariable = "MISTRAL_API_KEY",
            Responses = ChatOnly,
            GatewayDialect = "mistral",
        },
        new("moonshot", "Moonshot, Kimi; through the gateway")
        {
            Id = "moonshot",
            BaseUrl = "https://api.moonshot.ai/v1",
            KeyVariable = "MOONSHOT_API_KEY",
            Responses = ChatOnly,
            GatewayDialect = "moonshot",
        },
        new("minimax", "MiniMax; through the gateway")
        {
            Id = "minimax",
            BaseUrl = "https://api.minimax.io/v1",
            KeyVariable = "MINIMAX_API_KEY",
            Responses = ChatOnly,
            GatewayDialect = "minimax",
        },
        new("custom", "Any other server: --id, --base-url and --model")
        {
            GatewayDialect = "generic",
        },
    ];

    /// <summary>The preset that stands for our own gateway.</summary>
    public static Preset Gateway { get; } = Find("gateway")!;

    public static Preset? Find(string name) => All.FirstOrDefault(p => p.Name == name);
}
