using System.Text;
using System.Text.Json;
using Codex.Toml.Diagnostics;

namespace Codex.Toml.Tests.Corpus;

/// <summary>The official corpus, values and rejections, for both versions.</summary>
public sealed class TomlTestTests
{
    [SkippableTheory]
    [InlineData(TomlVersion.V1_1, 220)]
    [InlineData(TomlVersion.V1_0, 210)]
    public void Every_valid_file_means_what_the_corpus_says(TomlVersion version, int files)
    {
        Skip.IfNot(TomlTestCorpus.IsHere, TomlTestCorpus.Missing);

        var valid = TomlTestCorpus.Files(version, "valid");
        valid.Count.ShouldBe(files);
        valid.Select(f => (File: f, Fault: Fault(f, version))).Where(f => f.Fault is not null).ShouldBeEmpty();
    }

    [SkippableTheory]
    [InlineData(TomlVersion.V1_1, 492)]
    [InlineData(TomlVersion.V1_0, 499)]
    public void Every_invalid_file_is_refused_with_a_place(TomlVersion version, int files)
    {
        Skip.IfNot(TomlTestCorpus.IsHere, TomlTestCorpus.Missing);

        var invalid = TomlTestCorpus.Files(version, "invalid");
        invalid.Count.ShouldBe(files);
        invalid.Where(f => TomlDocument.Parse(TomlTestCorpus.Read(f), new() { Version = version }).IsValid).ShouldBeEmpty();
        foreach (var file in invalid)
        {
            var document = TomlDocument.Parse(TomlTestCorpus.Read(file), new() { Version = version });
            var diagnostic = document.Diagnostics.ShouldHaveSingleItem();
            diagnostic.Span.End.ShouldBeLessThanOrEqualTo(document.Bytes.Length, file);
            diagnostic.Message.ShouldNotBeNullOrWhiteSpace(file);
            diagnostic.Render(document, "config.toml").ShouldStartWith($"config.toml:{diagnostic.Position.Line}:{diagnostic.Position.Column}: ", Case.Sensitive, file);
        }
    }

    [SkippableTheory]
    [InlineData(TomlVersion.V1_1)]
    [InlineData(TomlVersion.V1_0)]
    public void Tolerant_reading_finds_the_same_first_fault(TomlVersion version)
    {
        Skip.IfNot(TomlTestCorpus.IsHere, TomlTestCorpus.Missing);

        foreach (var file in TomlTestCorpus.Files(version, "invalid"))
        {
            var strict = TomlDocument.Parse(TomlTestCorpus.Read(file), new() { Version = version });
            var tolerant = TomlDocument.Parse(TomlTestCorpus.Read(file), new() { Version = version, Tolerant = true });
            tolerant.Diagnostics[0].ShouldBe(strict.Diagnostics[0], file);
        }
    }

    [SkippableFact]
    public void The_tokens_of_every_file_joined_are_its_bytes()
    {
        Skip.IfNot(TomlTestCorpus.IsHere, TomlTestCorpus.Missing);

        foreach (var file in TomlTestCorpus.Files(TomlVersion.V1_1, "valid").Concat(TomlTestCorpus.Files(TomlVersion.V1_0, "invalid")))
            TokensJoined(TomlDocument.Parse(TomlTestCorpus.Read(file))).ShouldBe(TomlTestCorpus.Read(file), file);
    }

    private static byte[] TokensJoined(TomlDocument document) =>
        [.. document.Tokens().SelectMany(t => document.Bytes.Slice(t.Start, t.Span.Length).ToArray())];

    private static string? Fault(string file, TomlVersion version)
    {
        var document = TomlDocument.Parse(TomlTestCorpus.Read(file), new() { Version = version });
        if (!document.IsValid)
            return document.Diagnostics[0].ToString();
        using var expected = JsonDocument.Parse(Encoding.UTF8.GetString(TomlTestCorpus.Read(Path.ChangeExtension(file, ".json"))));
        return TaggedJson.Difference(expected.RootElement, document.ToValue());
    }
}
