using BenchmarkDotNet.Attributes;
using Codex.Toml;
using Codex.Toml.Editing;
using Codex.Toml.Values;

namespace Codex.Bench.Micro;

/// <summary>Reading TOML takes time in proportion to the length, whatever the text: for 4 MiB about four times that for 1 MiB.</summary>
public class TomlReadBenchmarks
{
    private byte[] _text = [];

    [Params("configuration", "headers", "array of tables", "dotted keys", "nested arrays", "nested braces", "elements", "escapes", "open brackets", "open string")]
    public string Text { get; set; } = "configuration";

    [Params(1, 4)]
    public int MiB { get; set; } = 1;

    [GlobalSetup]
    public void Prepare() => _text = TomlTexts.Create(Text, MiB * 1024 * 1024);

    [Benchmark(Description = "read TOML, tell every fault")]
    public int Read() => TomlDocument.Parse(_text, new() { Tolerant = true }).Diagnostics.Count;
}

/// <summary>One edit with its proof: the text is read twice and what it means compared as a whole.</summary>
public class TomlEditBenchmarks
{
    private const int RoomForTheEdit = 64;
    private TomlDocument _document = TomlDocument.Parse("");

    [Params("configuration", "nested braces")]
    public string Text { get; set; } = "configuration";

    [Params(1, 4)]
    public int MiB { get; set; } = 1;

    [GlobalSetup]
    public void Prepare() => _document = TomlDocument.Parse(TomlTexts.Create(Text, (MiB * 1024 * 1024) - RoomForTheEdit));

    [Benchmark(Description = "set one value and prove it")]
    public int Edit() =>
        TomlEditor.Plan(_document, new TomlEdit.SetValue(TomlPath.Of("model"), new TomlValue.String("x"))) is EditPlanning.Ready { Plan: var plan }
            ? plan.Splices.Length
            : throw new InvalidOperationException("The edit was refused.");
}
