using System.Reflection;

namespace Codex.Architecture.Tests;

/// <summary>The arrows between the projects, read from the built assemblies.</summary>
public sealed class ReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Codex.Translation"] = [],
        ["Codex.Toml"] = [],
        ["codex-gateway"] = ["Codex.Translation"],
        ["codex-config"] = ["Codex.Toml"],
    };

    public static TheoryData<string> Assemblies => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void A_project_references_only_what_the_layout_allows(string name)
    {
        var ours = Assembly.Load(name).GetReferencedAssemblies()
            .Select(a => a.Name!)
            .Where(a => a.StartsWith("Codex", StringComparison.OrdinalIgnoreCase));

        ours.Except(Allowed[name], StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public void Translation_references_nothing_but_the_base_library()
    {
        var others = Assembly.Load("Codex.Translation").GetReferencedAssemblies()
            .Select(a => a.Name!)
            .Where(a => !a.StartsWith("System.", StringComparison.Ordinal));

        others.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("System.Threading.Tasks.Task")]
    [InlineData("System.Threading.Tasks.ValueTask")]
    [InlineData("System.IO.Stream")]
    [InlineData("System.TimeProvider")]
    [InlineData("System.Random")]
    [InlineData("System.Net.Http.HttpClient")]
    [InlineData("Microsoft.Extensions.Logging.ILogger")]
    [InlineData("Microsoft.AspNetCore.Http.HttpContext")]
    public void Translation_mentions_no_input_output_clock_or_chance(string forbidden)
    {
        var mentions = Assembly.Load("Codex.Translation").GetTypes()
            .SelectMany(t => TypesIn(t).Select(used => (Where: t, Used: used)))
            .Where(m => m.Used.FullName == forbidden || m.Used.BaseType?.FullName == forbidden)
            .Select(m => $"{m.Where} mentions {m.Used}");

        mentions.ShouldBeEmpty();
    }

    private static IEnumerable<Type> TypesIn(Type type)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var direct = type.GetFields(All).Select(f => f.FieldType)
            .Concat(type.GetMethods(All).SelectMany(m => m.GetParameters().Select(p => p.ParameterType).Append(m.ReturnType)))
            .Concat(type.GetConstructors(All).SelectMany(c => c.GetParameters().Select(p => p.ParameterType)));
        return direct.SelectMany(t => t.IsGenericType ? t.GetGenericArguments().Append(t.GetGenericTypeDefinition()) : [t]);
    }
}
