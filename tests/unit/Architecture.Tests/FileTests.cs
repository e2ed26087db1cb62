using System.Text.RegularExpressions;
using Codex.Translation.Dialects;

namespace Codex.Architecture.Tests;

/// <summary>Rules about files that no compiler checks.</summary>
public sealed partial class FileTests
{
    private const int MostLines = 400;

    /// <summary>Words that are a provider's name and also something else: the product we serve, and our own model.</summary>
    private static readonly string[] NotJustProviders = ["generic", "openai", "demo", "together", "qwen"];

    private static readonly IReadOnlyList<string> Product = [.. Repository.SourceFiles("src")];

    [Fact]
    public void No_file_is_longer_than_the_limit() =>
        Repository.SourceFiles("src", "tests", "bench")
            .Select(f => (File: f, Lines: Repository.Read(f).Count(c => c == '\n')))
            .Where(f => f.Lines > MostLines)
            .ShouldBeEmpty();

    [Fact]
    public void Every_file_is_named_for_one_thing() =>
        Product.Where(f => VagueName().IsMatch(Path.GetFileNameWithoutExtension(f)))
            .ShouldBeEmpty("these names say nothing about what is in the file");

    [Fact]
    public void A_providers_name_stands_only_in_its_dialect_or_preset()
    {
        var names = string.Join('|', ProviderNames().Select(Regex.Escape));
        var pattern = new Regex($"(?<![A-Za-z])({names})(?![a-z])", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(5));

        Product.Where(f => !f.Contains("/Dialects/", StringComparison.Ordinal) && !f.Contains("/Presets/", StringComparison.Ordinal))
            .SelectMany(f => pattern.Matches(Repository.Read(f)).Select(m => $"{f}: {m.Value}"))
            .Distinct(StringComparer.Ordinal)
            .ShouldBeEmpty("what is special about a provider belongs into its file under Dialects/, or into its preset");
    }

    [Fact]
    public void No_interface_has_a_single_implementation()
    {
        var texts = Product.Select(Repository.Read).ToList();
        texts.SelectMany(t => InterfaceDeclaration().Matches(t).Select(m => m.Groups[1].Value))
            .Where(name => texts.Sum(t => Regex.Count(t, $@"(class|record|struct)\s[^{{;]*:\s[^{{;]*\b{name}\b", RegexOptions.None, TimeSpan.FromSeconds(5))) < 2)
            .ShouldBeEmpty();
    }

    /// <summary>A web project run by <c>dotnet run</c> would look for <c>./gateway.json</c> in its own folder.</summary>
    [Fact]
    public void Running_the_gateway_from_source_stays_in_the_callers_folder() =>
        Repository.Read("src/Gateway/Gateway.csproj").ShouldContain("<EnableDefaultRunWorkingDirectory>false</EnableDefaultRunWorkingDirectory>");

    private static IEnumerable<string> ProviderNames() =>
        DialectRegistry.All.Select(d => d.Name).Append("kimi").Append("lm studio").Append("llama.cpp").Except(NotJustProviders, StringComparer.Ordinal);

    [GeneratedRegex("(Helper|Helpers|Util|Utils|Utility|Manager|Common|Misc)$", RegexOptions.None, 1000)]
    private static partial Regex VagueName();

    [GeneratedRegex(@"\binterface\s+(I[A-Z]\w+)", RegexOptions.None, 1000)]
    private static partial Regex InterfaceDeclaration();
}
