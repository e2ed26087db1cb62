using Codex.Translation.Arguments;

namespace Codex.Translation.Tests.Arguments;

public class CustomInputTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("*** Begin Patch", "*** Begin Patch")]
    [InlineData("  indented", "  indented")]
    [InlineData("\"*** Begin\\n\"", "*** Begin\n")]
    [InlineData("\"{\\\"input\\\":\\\"x\\\"}\"", "x")]
    [InlineData("{\"patch\":\"x\"}", "x")]
    [InlineData("{\"patch\":\"x\",\"dry\":true}", "x")]
    [InlineData("{\"why\":\"y\",\"input\":\"x\"}", "x")]
    [InlineData("{'patch':'x'}", "x")]
    [InlineData("{\"a\":\"x\",\"b\":\"y\"}", null)]
    [InlineData("{\"a\":1}", null)]
    [InlineData("{}", null)]
    [InlineData("{ let x = 1; }", null)]
    [InlineData("\"use strict\"; f()", null)]
    public void The_one_text_is_found_or_none(string arguments, string? input) => CustomInput.Find(arguments).ShouldBe(input);
}
