using Codex.Translation.Tests.Generators;
using Codex.Translation.Translate;
using FsCheck.Fluent;

namespace Codex.Translation.Tests.Translate;

public class ReasoningEnvelopeTests
{
    [Theory]
    [InlineData("", null, null)]
    [InlineData("Grüße 😀 \"quoted\"\n", null, null)]
    [InlineData("x", "{\"type\":\"a\"}", "[{\"type\":\"a\"}]")]
    [InlineData("x", "{\"n\":1.50},{\"m\":null}", "[{\"n\":1.50},{\"m\":null}]")]
    public void What_was_sealed_opens_unchanged(string text, string? details, string? opened)
    {
        ReasoningEnvelope.TryOpen(ReasoningEnvelope.Seal(text, details), out var openedText, out var openedDetails).ShouldBeTrue();
        openedText.ShouldBe(text);
        openedDetails.ShouldBe(opened);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("gAAAAABo-foreign")]
    [InlineData("codexgw1.")]
    [InlineData("codexgw1.!!!")]
    [InlineData("codexgw1.e30")]
    [InlineData("codexgw1.W10")]
    [InlineData("codexgw1.eyJ0ZXh0Ijo1fQ")]
    [InlineData("CODEXGW1.eyJ0ZXh0IjoiSG0ifQ")]
    public void Anything_else_stays_shut(string? envelope) => ReasoningEnvelope.TryOpen(envelope, out _, out _).ShouldBeFalse();

    [Fact]
    public void A_changed_envelope_never_throws() =>
        Prop.ForAll(Gen.Choose(0, 40).ToArbitrary(), Gen.Elements("A", "_", "\u00e9", " ", "").ToArbitrary(), (at, put) =>
        {
            var envelope = ReasoningEnvelope.Seal("Some text to seal", details: null);
            at = Math.Min(at, envelope.Length - 1);
            ReasoningEnvelope.TryOpen(envelope[..at] + put + envelope[(at + 1)..], out _, out _);
        }).ShouldHold();
}
