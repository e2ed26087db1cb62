using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Codex.Translation.Tests.Generators;

/// <summary>A random answer of a backend, and what was meant by it.</summary>
/// <param name="Events">The data of each event, in order.</param>
/// <param name="Calls">Names and arguments of the tool calls, in the order they began.</param>
/// <param name="End">The finish reason; null when none was sent.</param>
internal sealed record SentAnswer(
    ImmutableArray<string> Events, string Text, string Reasoning, ImmutableArray<(string Name, string Arguments)> Calls, string? End, bool IsCut)
{
    private static readonly Gen<string> Words = Gen.Elements("one ", "Zwei", "三", "😀 ", "a<b", "[x]", "\"q\"\n", "back\\slash ");

    /// <summary>What carries nothing and may stand anywhere.</summary>
    private static readonly Gen<string> Noise = Gen.Elements(
        "{}", "null", "not json", "{\"choices\":[]}", "{\"choices\":null}", "{\"data\":null}", "{\"choices\":[{\"delta\":{\"content\":null,\"tool_calls\":null}}]}",
        "{\"choices\":[{\"delta\":{\"content\":\"\",\"reasoning_content\":\"\",\"function_call\":null}}]}", "{\"choices\":[{\"delta\":{\"tool_calls\":[{}]}}]}");

    private static readonly Gen<CallPlan> CallPlans =
        from name in Gen.Elements("exec_command", "read_file")
        from arguments in JsonTexts.Objects
        from lengths in Pieces.Lengths
        from form in Gen.Choose(0, 4)
        select new CallPlan(name, arguments, [.. Pieces.Of(arguments, lengths)], form);

    public static Gen<SentAnswer> Random { get; } =
        from words in Gen.Zip(Gen.Choose(0, 3), Words).ListOf()
        from plans in CallPlans.ListOf()
        from noise in Gen.Zip(Gen.Choose(0, 30), Noise).ListOf()
        from order in Gen.Choose(0, 1000).NonEmptyListOf()
        from end in Gen.Elements("stop", "tool_calls", "length", "content_filter", "error", null, "stop", "tool_calls")
        from isCut in Gen.Elements(true, false)
        select Build([.. words], [.. plans.Take(4)], [.. noise], [.. order], end, isCut);

    private static SentAnswer Build(
        (int Form, string Word)[] words, CallPlan[] plans, (int At, string Data)[] noise, int[] order, string? end, bool isCut)
    {
        var events = new List<string>();
        var text = "";
        var reasoning = "";
        foreach (var (form, word) in words)
        {
            text += form is 0 or 3 ? word : "";
            reasoning += form == 0 ? "" : word;
            events.Add(Delta(form switch
            {
                0 => new JsonObject { ["content"] = word },
                1 => new JsonObject { ["reasoning_content"] = word },
                2 => new JsonObject { ["reasoning"] = word, ["content"] = null },
                _ => new JsonObject { ["content"] = word, ["reasoning_content"] = word },
            }));
        }

        events.AddRange(Interleaved(plans, order));
        if (end is not null)
            events.Add($"{{\"choices\":[{{\"index\":0,\"delta\":{{}},\"finish_reason\":\"{end}\"}}]}}");
        foreach (var (at, data) in noise)
            events.Insert(Math.Min(at, events.Count), data);
        if (!isCut)
            events.Add("[DONE]");
        return new SentAnswer([.. events], text, reasoning, [.. plans.Select(p => (p.Name, p.Arguments))], end, isCut);
    }

    /// <summary>Calls begin in order; then their pieces come mixed, which only calls with a key of their own can bear.</summary>
    private static IEnumerable<string> Interleaved(CallPlan[] plans, int[] order)
    {
        var canMix = plans.All(p => p.HasKey);
        var next = new int[plans.Length];
        for (var i = 0; i < plans.Length; i++)
        {
            yield return plans[i].Begin(i);
            while (!canMix && next[i] < plans[i].Fragments.Length)
                yield return plans[i].Go(i, next[i]++);
        }

        for (var turn = 0; plans.Where((p, i) => next[i] < p.Fragments.Length).Any(); turn++)
        {
            var open = Enumerable.Range(0, plans.Length).Where(i => next[i] < plans[i].Fragments.Length).ToList();
            var chosen = open[order[turn % order.Length] % open.Count];
            yield return plans[chosen].Go(chosen, next[chosen]++);
        }
    }

    private static string Delta(JsonObject delta) =>
        new JsonObject { ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta }) }.ToJsonString(JsonSerializerOptions.Default);

    /// <param name="Form">0 index and id, 1 index alone, 2 id alone, 3 all keys and the name in each piece, 4 no key: whatever follows belongs to the last.</param>
    private sealed record CallPlan(string Name, string Arguments, ImmutableArray<string> Fragments, int Form)
    {
        public bool HasKey => Form != 4;

        public string Begin(int number) => Piece(number, isFirst: true, "");

        public string Go(int number, int fragment) => Piece(number, isFirst: false, Fragments[fragment]);

        private string Piece(int number, bool isFirst, string arguments)
        {
            var call = new JsonObject { ["function"] = new JsonObject { ["arguments"] = arguments } };
            if (isFirst || Form == 3)
                call["function"]!["name"] = Name;
            if (Form is 0 or 1 or 3)
                call["index"] = number;
            // Without an index a call begins with an id, or it could not be told from more of the last one.
            if ((isFirst && Form is 0 or 4) || Form is 2 or 3)
                call["id"] = $"call_{number}";
            return Delta(new JsonObject { ["tool_calls"] = new JsonArray(call) });
        }
    }
}
