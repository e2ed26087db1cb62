using Codex.Agent.CustomPrompts;

namespace Codex.Agent.Tests.CustomPrompts;

public sealed class PromptExpansionTests
{
    [Theory]
    [InlineData("Do $1 then $2, not $3.", "one \"two words\"", "Do one then two words, not .")]
    [InlineData("All: $ARGUMENTS", "a 'b  c' d", "All: a b  c d")]
    [InlineData("No arguments: $$1 and $0 and $lower", "a", "No arguments: $1 and $0 and $lower")]
    [InlineData("$1$1", "x\\ y", "x yx y")]
    [InlineData("Fix $FILE for $WHO ($$FILE)", "WHO=me FILE=\"a b.cs\" EXTRA=1", "Fix a b.cs for me ($FILE)")]
    [InlineData("Fix $FILE, $1", "FILE=", "Fix , $1")]
    [InlineData("Fix $FILE", "FILE=a=b", "Fix a=b")]
    [InlineData("Plain.", "left over", "Plain.")]
    public void Arguments_take_the_places_of_their_names(string body, string arguments, string expected) =>
        PromptExpansion.Expand(Prompt(body), arguments).ShouldBe(new PromptExpansion.Ready(expected));

    [Theory]
    [InlineData("Fix $FILE for $WHO", "", "Missing required args for /prompts:x: FILE, WHO. Provide as key=value (quote values with spaces).")]
    [InlineData("Fix $FILE for $WHO and $WHO", "FILE=a", "Missing required args for /prompts:x: WHO. Provide as key=value (quote values with spaces).")]
    [InlineData("Fix $FILE", "a.cs", "Could not parse /prompts:x: expected key=value but found 'a.cs'. Wrap values in double quotes if they contain spaces.")]
    [InlineData("Fix $FILE", "=a", "Could not parse /prompts:x: expected key=value but found '=a'. Wrap values in double quotes if they contain spaces.")]
    [InlineData("Fix $1", "\"a", "Could not parse /prompts:x: a quote is not closed.")]
    public void What_is_missing_is_told(string body, string arguments, string reason) =>
        PromptExpansion.Expand(Prompt(body), arguments).ShouldBe(new PromptExpansion.Refused(reason));

    [Fact]
    public void Prompts_are_the_markdown_files_of_their_folder()
    {
        var home = Directory.CreateTempSubdirectory("prompts");
        try
        {
            var folder = Path.Combine(home.FullName, "prompts");
            CustomPromptFolder.List(home.FullName).ShouldBeEmpty();
            Directory.CreateDirectory(Path.Combine(folder, "deeper.md"));
            File.WriteAllText(Path.Combine(folder, "b.md"), "---\ndescription: Does b\nargument-hint: FILE=<path>\n---\n\nBody of $FILE\n");
            File.WriteAllText(Path.Combine(folder, "a.md"), "---\nbroken: [\n---\nBody\n");
            File.WriteAllText(Path.Combine(folder, "c.txt"), "Not read.");

            CustomPromptFolder.List(home.FullName).ShouldBe(
            [
                new CustomPrompt("a", null, null, "---\nbroken: [\n---\nBody", Path.Combine(folder, "a.md")),
                new CustomPrompt("b", "Does b", "FILE=<path>", "Body of $FILE", Path.Combine(folder, "b.md")),
            ]);
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    private static CustomPrompt Prompt(string body) => new("x", null, null, body, "/x.md");
}
