using System.Text;

namespace Codex.Translation.Tests.Fixtures;

public class ResponseFixtureTests
{
    public static TheoryData<string> All => RepositoryFiles.FixtureNames(ResponseFixture.Area);

    [Theory]
    [MemberData(nameof(All))]
    public void A_stream_becomes_exactly_these_events(string name)
    {
        var fixture = ResponseFixture.Load(name);
        var whole = Transcription.Of(fixture, fixture.Upstream, int.MaxValue, fixture.Cut);
        InvariantChecker.Check(whole, fixture.Shape.WithholdsCutItems);
        var shown = fixture.IsWhole ? whole : EchoElision.Apply(whole);
        if (Environment.GetEnvironmentVariable("UPDATE_FIXTURES") == "1")
            File.WriteAllText(fixture.ExpectedPath, shown);
        shown.ShouldBeText(File.ReadAllText(fixture.ExpectedPath));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Where_the_bytes_are_cut_into_reads_changes_nothing(string name)
    {
        var fixture = ResponseFixture.Load(name);
        var whole = Transcription.Of(fixture, fixture.Upstream, int.MaxValue, fixture.Cut);
        foreach (var length in (int[])[1, 2, 3, 7, 64])
            Transcription.Of(fixture, fixture.Upstream, length, fixture.Cut).ShouldBeText(whole, $"in pieces of {length} bytes");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Line_ends_of_either_kind_mean_the_same(string name)
    {
        var fixture = ResponseFixture.Load(name);
        if (fixture.Upstream.Contains((byte)'\r'))
            return;
        var whole = Transcription.Of(fixture, fixture.Upstream, int.MaxValue, fixture.Cut);
        foreach (var lineEnd in (string[])["\r\n", "\r"])
        {
            var other = WithLineEnds(fixture.Upstream, lineEnd);
            Transcription.Of(fixture, other, int.MaxValue, fixture.Cut).ShouldBeText(whole);
            Transcription.Of(fixture, other, 1, fixture.Cut).ShouldBeText(whole);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_cut_anywhere_ends_in_one_terminal_event(string name)
    {
        var fixture = ResponseFixture.Load(name);
        foreach (var length in Cuts(fixture.Upstream))
        {
            var sent = fixture.Upstream.AsSpan(0, length);
            var events = Transcription.Of(fixture, sent, int.MaxValue, ResponseFixture.CutBy);
            var terminal = InvariantChecker.Check(events, fixture.Shape.WithholdsCutItems);
            if (!SaysItEnds(Encoding.Latin1.GetString(sent)))
                terminal.Type.ShouldBe("response.failed", $"cut after {length} bytes");
        }
    }

    /// <summary>At every line end, and here and there inside the lines.</summary>
    private static IEnumerable<int> Cuts(byte[] stream)
    {
        yield return 0;
        for (var i = 0; i < stream.Length; i++)
        {
            if (stream[i] == (byte)'\n' || i % 23 == 0)
                yield return i + 1;
        }
    }

    /// <summary>Whether the backend may have said all it had to say.</summary>
    private static bool SaysItEnds(string sent) =>
        sent.Contains("\"finish_reason\":\"", StringComparison.Ordinal)
        || sent.Contains("\"usage\":{", StringComparison.Ordinal)
        || sent.Contains("[DONE]", StringComparison.Ordinal);

    private static byte[] WithLineEnds(byte[] stream, string lineEnd) =>
        Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(stream).Replace("\n", lineEnd, StringComparison.Ordinal));
}
