using System.Globalization;
using System.Text;
using Codex.Agent.Conversation;
using Codex.Agent.Sessions;

namespace Codex.Agent.Tests.Sessions;

/// <summary><c>fixtures/sessions</c>: a rollout file, perhaps the one it was forked from, and what they come to.</summary>
public sealed class RolloutReaderFixtureTests
{
    public static TheoryData<string> Cases => FixtureFiles.Names("sessions");

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_rollout_file_is_read_as_the_fixture_says(string name)
    {
        var parent = FixtureFiles.Find("sessions", name, "parent.jsonl");

        var read = RolloutReader.Read(
            FixtureFiles.Find("sessions", name, "rollout.jsonl"), id => File.Exists(parent) && RolloutReader.ReadHead(parent)!.ThreadId == id ? parent : null);

        FixtureFiles.ShouldBeIn(Tell(read), FixtureFiles.Find("sessions", name, "expected.txt"));
    }

    private static string Tell(SessionRead read)
    {
        if (read is SessionRead.Unreadable unreadable)
            return unreadable.Message.Replace(RepositoryRoot.Path, "ROOT", StringComparison.Ordinal) + "\n";
        var session = ((SessionRead.Whole)read).Session;
        var text = new StringBuilder();
        var head = session.Head;
        text.Append(CultureInfo.InvariantCulture, $"thread {head.ThreadId}, forked from {head.ForkedFrom ?? "-"}, begun {head.Started:O} in {head.WorkingDirectory} by {head.Originator} {head.Version} ({head.Source}), provider {head.Provider}\n");
        text.Append(CultureInfo.InvariantCulture, $"directory {session.WorkingDirectory}, model {session.Model ?? "-"}, window {session.Window}, next ordinal {session.NextOrdinal?.ToString(CultureInfo.InvariantCulture) ?? "-"}, unreadable {session.UnreadableLines}\n");
        text.Append(CultureInfo.InvariantCulture, $"tokens: {session.Total.Input} in, {session.Total.CachedInput} of them cached, {session.Total.Output} out, {session.Total.ReasoningOutput} of them reasoning\n-- in the file\n");
        Tell(session.Items, text);
        text.Append("-- to the model\n");
        Tell(session.ToThread().Items, text);
        return text.ToString();
    }

    private static void Tell(IEnumerable<HistoryItem> items, StringBuilder text)
    {
        foreach (var item in items)
            text.Append(Encoding.UTF8.GetString(item.Json.Span)).Append('\n');
    }
}
