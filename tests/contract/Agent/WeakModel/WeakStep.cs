using System.Collections.Immutable;
using System.Text.Json;

namespace Codex.Contract.Tests.Agent.WeakModel;

/// <summary>One thing the model does: an answer, tried again while it sees no good result.</summary>
internal sealed record WeakStep
{
    /// <summary>Text of the answer, before its calls.</summary>
    public string Say { get; init; } = "";

    /// <summary>Sent as <c>reasoning_content</c>.</summary>
    public string Think { get; init; } = "";

    public ImmutableArray<Want> Wants { get; init; } = [];

    /// <summary>What it wants once the first try has failed; empty: the same again.</summary>
    public ImmutableArray<Want> Corrected { get; init; } = [];

    public Notation Notation { get; init; }

    public ArgumentDamage Damage { get; init; }

    /// <summary>Answers at most; afterwards the model goes on as if all were well.</summary>
    public int Tries { get; init; } = 2;

    /// <summary>The share of the answer that arrives in the tries of <see cref="BadTries"/>; 1 is all of it.</summary>
    public double Arrives { get; init; } = 1;

    /// <summary>How an answer ends that does not arrive whole.</summary>
    public CutKind Cut { get; init; }

    /// <summary>How many of the first tries are cut.</summary>
    public int BadTries { get; init; } = 1;

    public static WeakStep Parse(JsonElement json) => new()
    {
        Say = Text(json, "say"),
        Think = Text(json, "think"),
        Wants = Wanted(json, "want"),
        Corrected = Wanted(json, "corrected"),
        Notation = Word<Notation>(json, "as"),
        Damage = Word<ArgumentDamage>(json, "damage"),
        Tries = json.TryGetProperty("tries", out var tries) ? tries.GetInt32() : 2,
        Arrives = json.TryGetProperty("arrives", out var share) ? share.GetDouble() : 1,
        Cut = Word<CutKind>(json, "cut"),
        BadTries = json.TryGetProperty("bad_tries", out var bad) ? bad.GetInt32() : 1,
    };

    private static ImmutableArray<Want> Wanted(JsonElement json, string name) => !json.TryGetProperty(name, out var wants)
        ? []
        : wants.ValueKind == JsonValueKind.Array ? [.. wants.EnumerateArray().Select(Want.Parse)] : [Want.Parse(wants)];

    private static string Text(JsonElement json, string name) => json.TryGetProperty(name, out var text) ? text.GetString()! : "";

    private static T Word<T>(JsonElement json, string name)
        where T : struct, Enum =>
        json.TryGetProperty(name, out var word) ? Enum.Parse<T>(word.GetString()!.Replace("_", "", StringComparison.Ordinal), ignoreCase: true) : default;
}

/// <summary>How an answer ends before it is whole.</summary>
internal enum CutKind
{
    /// <summary>finish_reason "length".</summary>
    Length,

    /// <summary>The stream ends without finish_reason or [DONE].</summary>
    End,

    /// <summary>The connection breaks.</summary>
    Abort,
}
