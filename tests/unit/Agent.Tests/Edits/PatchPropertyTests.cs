using System.Collections.Immutable;
using Codex.Agent.Edits;
using Codex.Agent.Edits.Tolerant;
using FsCheck;
using FsCheck.Fluent;

namespace Codex.Agent.Tests.Edits;

public sealed class PatchPropertyTests
{
    private static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(2000);

    [Fact]
    public void A_correct_patch_gives_exactly_the_new_file()
    {
        using var directory = new TemporaryDirectory();
        Check.One(Often.WithMaxTest(400), Prop.ForAll(RandomPatch.Gen.ToArbitrary(), patch =>
        {
            directory.Write("f", patch.OldText);
            Tolerantly(patch.OldText, patch.Text).ShouldBe(patch.NewText);

            StrictPatch.Run(patch.Text, directory.Path).ShouldBe(new StrictResult(0, "Success. Updated the following files:\nM f\n", ""));
            directory.Read("f").ShouldBe(patch.NewText);
        }));
    }

    [Fact]
    public void A_patch_with_damaged_blanks_gives_the_new_file_or_is_refused()
    {
        var (applied, refused) = (0, 0);
        Check.One(Often, Prop.ForAll((from patch in RandomPatch.Gen from damage in Gen.Choose(0, 5) from at in Gen.Choose(0, 99) select (patch, damage, at)).ToArbitrary(), given =>
        {
            var hunks = given.patch.Hunks.Select(h => Damage(h, given.damage, given.at)).ToImmutableArray();
            // What the damaged lines say exactly somewhere in the file nobody can take for damage.
            var says = hunks.Where((h, i) => !h.SequenceEqual(given.patch.Hunks[i])).Select(h => h.Where(l => l.Kind != LineKind.Added).Select(l => l.Text).ToImmutableArray());
            if (says.Any(old => old.IsEmpty || old[^1].Length == 0 || LineSeek.FindAll(given.patch.Old, old, 0, LineMatch.Exact).Any()))
                return;
            if (Tolerantly(given.patch.OldText, RandomPatch.Write(hunks)) is { } result)
            {
                applied++;
                result.ShouldBe(given.patch.NewText);
            }
            else
            {
                refused++;
            }
        }));
        applied.ShouldBeGreaterThan(refused / 4, "the engine has to be of use, too");
    }

    [Fact]
    public void A_patch_that_was_cut_is_never_applied() =>
        Check.One(Often, Prop.ForAll((from patch in RandomPatch.Gen from at in Gen.Choose(0, 10_000) select (patch, at)).ToArbitrary(), given =>
        {
            var whole = given.patch.Text.TrimEnd();
            var cut = whole[..(given.at % whole.Length)];
            PatchReader.Read(cut, mayBeCut: true).ShouldBeOfType<PatchReading.Unreadable>();
        }));

    [Fact]
    public void A_difference_leads_from_the_old_lines_to_the_new() =>
        Check.One(Often, Prop.ForAll(RandomPatch.Gen.ToArbitrary(), patch =>
        {
            var lines = LineDiff.Compare(patch.Old.AsSpan(), patch.New.AsSpan());
            lines.Where(l => l.Kind != LineKind.Added).Select(l => l.Text).ShouldBe(patch.Old);
            lines.Where(l => l.Kind != LineKind.Removed).Select(l => l.Text).ShouldBe(patch.New);
        }));

    [Fact]
    public void A_written_unified_diff_is_read_back_and_gives_the_new_file() =>
        Check.One(Often, Prop.ForAll(RandomPatch.Gen.Where(p => p.Old.Length > 0 && p.New.Length > 0).ToArbitrary(), patch =>
            Tolerantly(patch.OldText, UnifiedDiff.Write("f", patch.OldText, patch.NewText)).ShouldBe(patch.NewText)));

    private static string? Tolerantly(string file, string text) =>
        PatchReader.Read(text, mayBeCut: false) is PatchReading.Read { Patch.Operations: [PatchOperation.Update update] }
            && TolerantChunks.Apply(SourceText.Parse(file), update.Chunks) is TolerantOutcome.Applied applied
            ? applied.Text.ToString()
            : null;

    private static ImmutableArray<ChunkLine> Damage(ImmutableArray<ChunkLine> hunk, int damage, int at) => damage switch
    {
        0 => Old(hunk, t => t + "  "),
        1 => Old(hunk, t => t.TrimEnd()),
        2 => [.. hunk.Select(l => l.Text.Length == 0 ? l : l with { Text = "  " + l.Text })],
        3 when hunk.All(l => l.Text.Length == 0 || l.Text.StartsWith(' ')) => [.. hunk.Select(l => l.Text.Length == 0 ? l : l with { Text = l.Text[1..] })],
        4 => Old(hunk, t => t.Replace(", ", ",", StringComparison.Ordinal).Replace(" (", "(", StringComparison.Ordinal)),
        5 => hunk.SetItem(at % hunk.Length, hunk[at % hunk.Length] is { Kind: not LineKind.Added, Text: not "" } line ? line with { Text = " " + line.Text } : hunk[at % hunk.Length]),
        _ => hunk,
    };

    private static ImmutableArray<ChunkLine> Old(ImmutableArray<ChunkLine> hunk, Func<string, string> change) =>
        [.. hunk.Select(l => l.Kind == LineKind.Added ? l : l with { Text = change(l.Text) })];
}
