using System.Text;
using Codex.Translation.Dialects;
using Codex.Translation.Responses;
using Codex.Translation.Tests.Translate.Request;
using Codex.Translation.Translate;

namespace Codex.Translation.Tests.Responses;

/// <summary>Bodies too deep to keep as files: 256 levels are read and translated, more are refused.</summary>
public sealed class RequestDepthTests
{
    /// <summary>Levels around the schema: body, tools, tool.</summary>
    private const int Around = 3;

    [Theory]
    [InlineData("generic")]
    [InlineData("xai")]
    public void A_body_of_256_levels_is_translated(string dialect)
    {
        var read = ResponsesRequestReader.Read(Body(256 - Around)).ShouldBeOfType<RequestReading.Read>();
        var ready = RequestTranslation.ToChat(read.Request, DialectRegistry.Find(dialect)!, "m").ShouldBeOfType<RequestTranslated.Ready>();
        ChatInvariants.Check(ready.Call);
    }

    [Theory]
    [InlineData(257)]
    [InlineData(100_000)]
    public void A_deeper_body_is_refused_as_such(int levels)
    {
        var fault = ResponsesRequestReader.Read(Body(levels - Around)).ShouldBeOfType<RequestReading.Refused>().Fault;
        fault.Message.ShouldBe("The request body nests more than 256 objects and arrays inside each other. Send it flatter.");
        fault.Code.ShouldBe("invalid_json");
        fault.Line.ShouldBe(1);
    }

    [Fact]
    public void A_deep_body_that_is_cut_is_refused_as_broken()
    {
        var body = Body(1000);
        var fault = ResponsesRequestReader.Read(body.AsMemory(0, body.Length - 1)).ShouldBeOfType<RequestReading.Refused>().Fault;
        fault.Message.ShouldContain("not valid JSON");
    }

    [Fact]
    public void The_place_of_a_fault_is_found_behind_and_inside_deep_values()
    {
        var body = Encoding.UTF8.GetString(Body(200))[..^1] + ",\n\"temperature\":\"hot\"}";
        var fault = ResponsesRequestReader.Read(Encoding.UTF8.GetBytes(body)).ShouldBeOfType<RequestReading.Refused>().Fault;
        (fault.Param, fault.Line, fault.Column).ShouldBe(("temperature", 2, 15));
        var inside = Encoding.UTF8.GetString(Body(200)).Replace("{}", "{\"a\":\"\\ud800\"}", StringComparison.Ordinal);
        var deep = ResponsesRequestReader.Read(Encoding.UTF8.GetBytes(inside)).ShouldBeOfType<RequestReading.Refused>().Fault;
        deep.Param.ShouldStartWith("tools[0].parameters.p.p.p");
        deep.Column.ShouldNotBeNull();
    }

    private static byte[] Body(int schemaLevels)
    {
        var schema = string.Concat(Enumerable.Repeat("{\"p\":", schemaLevels - 1)) + "{}" + new string('}', schemaLevels - 1);
        return Encoding.UTF8.GetBytes($$"""{"model":"m","input":"a","tools":[{"type":"function","name":"x","parameters":{{schema}}}]}""");
    }
}
