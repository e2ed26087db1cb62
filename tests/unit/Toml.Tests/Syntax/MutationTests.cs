using System.Globalization;
using System.Text;
using Codex.Toml.Diagnostics;
using Codex.Toml.Editing;
using Codex.Toml.Tests.Corpus;
using Codex.Toml.Tests.Editing;
using Codex.Toml.Values;

namespace Codex.Toml.Tests.Syntax;

/// <summary>Bytes at random, starting from files that say much: nothing may throw, and no byte may be lost.</summary>
public sealed class MutationTests
{
    private static readonly byte[] Special = "\"'[]{}=.,#\\\n\r\t 0a_-+:TZ\0"u8.ToArray();

    private static readonly byte[][] Own =
    [
        .. new[]
        {
            "model = \"gpt\" # c\r\n[model_providers.x]\nname = 'x'\nquery_params = { a = \"b\" }\n",
            "a.b.c = 1\n[t]\nx = [\n 1, # one\n { y = 2 },\n]\n[[t.u]]\nz = 1979-05-27 07:32:00Z\n",
            "\uFEFFs = \"\"\"\n\\u00e9 \\\n  x\"\"\"\nl = '''\n[no]'''\nf = -1_0.5e-3\ni = 0xFF\nt = {\n a = 1, # c\n}\n",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    [Fact]
    public void Mutated_files_are_read_or_refused_and_no_byte_is_lost()
    {
        // More rounds when asked: TOML_FUZZ_ROUNDS. A failure names its seed and the text.
        var rounds = int.Parse(Environment.GetEnvironmentVariable("TOML_FUZZ_ROUNDS") ?? "6000", CultureInfo.InvariantCulture);
        var corpus = TomlTestCorpus.IsHere
            ? TomlTestCorpus.Files(TomlVersion.V1_1, "valid").Concat(TomlTestCorpus.Files(TomlVersion.V1_1, "invalid")).Select(TomlTestCorpus.Read).Where(b => b.Length < 2000)
            : [];
        byte[][] files = [.. Own, .. corpus];
        var first = Environment.TickCount;
        for (var seed = first; seed != first + rounds; seed++)
        {
            var random = new Random(seed);
            var text = Mutated(files, random);
            try
            {
                Check(text, random);
            }
            catch (Exception fault)
            {
                throw new InvalidOperationException($"seed {seed}: {Convert.ToBase64String(text)}", fault);
            }
        }
    }

    private static void Check(byte[] text, Random random)
    {
        var version = random.Next(4) == 0 ? TomlVersion.V1_0 : TomlVersion.V1_1;
        var document = TomlDocument.Parse(text, new() { Version = version });
        var tolerant = TomlDocument.Parse(text, new() { Version = version, Tolerant = true });
        document.Tokens().SelectMany(t => text[t.Start..t.End]).ShouldBe(text);
        tolerant.IsValid.ShouldBe(document.IsValid);
        foreach (var diagnostic in tolerant.Diagnostics)
            diagnostic.Render(tolerant, "f").ShouldNotBeEmpty();
        if (!document.IsValid)
        {
            tolerant.Diagnostics[0].ShouldBe(document.Diagnostics[0]);
            return;
        }

        Edits.Plan(document).IsEmpty.ShouldBeTrue();
        EditProof.Check(document, new TomlEdit.SetValue(TomlPath.Of("model"), new TomlValue.String("x")) { After = ["a"] });
        EditProof.Check(document, new TomlEdit.SetValue(TomlPath.Of("t", "new"), new TomlValue.Integer(1)));
        EditProof.Check(document, new TomlEdit.AddTable(TomlPath.Of("model_providers", "new"), []));
        EditProof.Check(document, new TomlEdit.RemoveTable(TomlPath.Of("t")));
    }

    private static byte[] Mutated(byte[][] files, Random random)
    {
        List<byte> text = [.. files[random.Next(files.Length)]];
        for (var times = random.Next(1, 5); times > 0; times--)
        {
            var at = random.Next(text.Count + 1);
            var length = Math.Min(random.Next(1, 12), text.Count - at);
            switch (random.Next(5))
            {
                case 0:
                    text.RemoveRange(at, length);
                    break;
                case 1:
                    text.InsertRange(at, text.GetRange(at, length));
                    break;
                case 2:
                    text.Insert(at, Special[random.Next(Special.Length)]);
                    break;
                case 3:
                    text.Insert(at, (byte)random.Next(256));
                    break;
                default:
                    var other = files[random.Next(files.Length)];
                    var from = random.Next(other.Length + 1);
                    text.InsertRange(at, other.AsSpan(from, Math.Min(40, other.Length - from)));
                    break;
            }
        }

        return [.. text];
    }
}
