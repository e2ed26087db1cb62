using Codex.Toml.Editing;
using Codex.Toml.Semantics;
using Codex.Toml.Tests.Corpus;
using Codex.Toml.Tests.Generators;
using Codex.Toml.Values;
using FsCheck.Fluent;

namespace Codex.Toml.Tests.Editing;

/// <summary>Edits at random on texts at random, and on every valid file of the corpus.</summary>
public sealed class RandomEditTests
{
    [Fact]
    public void Edits_on_random_layouts_change_what_was_asked_and_nothing_else()
    {
        var done = 0;
        Prop.ForAll(
            (from text in TomlTexts.Valid from edits in TomlEdits.For(TomlDocument.Parse(text)).ListOf().Resize(4) select (text, edits)).ToArbitrary(),
            sample =>
            {
                var document = TomlDocument.Parse(sample.text);
                foreach (var edit in sample.edits)
                {
                    if (EditProof.Check(document, edit) is not { } after)
                        continue;
                    document = after;
                    done++;
                }
            }).ShouldHold(1500);
        done.ShouldBeGreaterThan(500, "else most edits were refused and the check says little");
    }

    [Fact]
    public void Several_edits_in_one_plan_lead_where_they_lead_one_by_one() =>
        Prop.ForAll(
            (from text in TomlTexts.Valid from edits in TomlEdits.For(TomlDocument.Parse(text)).ListOf().Resize(4) select (text, edits)).ToArbitrary(),
            sample =>
            {
                var document = TomlDocument.Parse(sample.text);
                var one = document;
                var done = new List<TomlEdit>();
                foreach (var edit in sample.edits)
                {
                    if (EditProof.Check(one, edit) is not { } after)
                        continue;
                    one = after;
                    done.Add(edit);
                }

                var plan = Edits.Plan(document, done);
                plan.Apply().ShouldBeOfType<EditResult.Applied>().Document.Bytes.ToArray().ShouldBe(one.Bytes.ToArray());
            }).ShouldHold(500);

    [Fact]
    public void An_edit_that_asks_for_what_is_there_changes_no_byte() =>
        Prop.ForAll(TomlTexts.Valid.ToArbitrary(), text => NothingChanges(TomlDocument.Parse(text))).ShouldHold(300);

    [SkippableFact]
    public void Every_edit_on_every_file_of_the_corpus_can_be_done_unless_there_is_no_way_to_write_it()
    {
        Skip.IfNot(TomlTestCorpus.IsHere, TomlTestCorpus.Missing);

        foreach (var file in TomlTestCorpus.Files(TomlVersion.V1_1, "valid"))
        {
            var document = TomlDocument.Parse(TomlTestCorpus.Read(file));
            NothingChanges(document);
            foreach (var path in TomlEdits.Paths(document.Root, TomlPath.Root))
            {
                var node = document.Find(path)!;
                var isTable = node is TableNode;
                Check(new TomlEdit.SetValue(path, new TomlValue.String("other")), canBeDone: node.Span.Length > 0);
                Check(new TomlEdit.SetValue(path.Append("a new key"), new TomlValue.Integer(1)), isTable);
                Check(new TomlEdit.SetValue(path.Append("new").Append("key"), new TomlValue.Integer(1)), isTable);
                Check(new TomlEdit.AddTable(path.Append("new").Append("table"), [KeyValuePair.Create<string, TomlValue>("k", new TomlValue.Integer(1))]), isTable);
                Check(new TomlEdit.RemoveKey(path), canBeDone: node.Span.Length > 0 && node.Sites.Count > 0);
                Check(new TomlEdit.RemoveTable(path), canBeDone: node.Sites.Count > 0 && node.Kind is not (DefinitionKind.Scalar or DefinitionKind.Array));
                Check(new TomlEdit.RenameKey(path, "another name"), canBeDone: !path.IsRoot && path.Last.IsKey);

                void Check(TomlEdit edit, bool canBeDone) => (EditProof.Check(document, edit) is not null).ShouldBe(canBeDone, $"{file}: {edit}");
            }
        }
    }

    private static void NothingChanges(TomlDocument document)
    {
        var edits = TomlEdits.Paths(document.Root, TomlPath.Root).Select(p => new TomlEdit.SetValue(p, document.Find(p)!.ToValue()));
        var plan = Edits.Plan(document, edits);
        plan.Splices.ShouldBeEmpty();
        plan.Apply().ShouldBeOfType<EditResult.Applied>().Document.Bytes.ToArray().ShouldBe(document.Bytes.ToArray());
    }
}
