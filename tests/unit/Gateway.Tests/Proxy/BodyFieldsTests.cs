using System.Text;
using Codex.Gateway.Proxy;

namespace Codex.Gateway.Tests.Proxy;

public sealed class BodyFieldsTests
{
    [Theory]
    [InlineData("""{"model":"a","x":1}""", "b", """{"model":"b","x":1}""")]
    [InlineData("""{"x":{"model":"inner"}, "model" : "a" }""", "b/c", """{"x":{"model":"inner"}, "model" : "b/c" }""")]
    [InlineData("""{"model":"a"}""", "a", """{"model":"a"}""")]
    [InlineData("""{"model":"\u0061\"q"}""", "é\"", """{"model":"é\""}""")]
    [InlineData("""{"model":"first","model":"last"}""", "b", """{"model":"first","model":"b"}""")]
    public void Only_the_models_name_changes(string body, string model, string changed)
    {
        var bytes = Encoding.UTF8.GetBytes(body);

        var fields = BodyFields.Read(bytes, out var fault)!;

        fault.ShouldBeNull();
        Encoding.UTF8.GetString(fields.WithModel(bytes, model).Span).ShouldBe(changed);
    }

    [Fact]
    public void Stream_and_cache_key_are_read_from_the_top_level_only()
    {
        var fields = BodyFields.Read(
            """{"a":{"stream":true,"prompt_cache_key":"no"},"stream":true,"prompt_cache_key":"k","model":"m"}"""u8, out _)!;

        (fields.Model, fields.Stream, fields.PromptCacheKey).ShouldBe(("m", true, "k"));
    }

    [Theory]
    [InlineData("{\"model\":\"m\",\n \"x\": tru}", 2)]
    [InlineData("{\"model\":\"m\"} trailing", 1)]
    public void Broken_json_is_told_with_its_line(string body, int line)
    {
        BodyFields.Read(Encoding.UTF8.GetBytes(body), out var fault).ShouldBeNull();

        fault!.Line.ShouldBe(line);
        fault.Message.ShouldContain($"line {line}");
    }
}
