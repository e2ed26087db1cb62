using Codex.Agent.Edits;

namespace Codex.Agent.Tests.Edits;

public sealed class HeredocPatchTests
{
    private const string Patch = "*** Begin Patch\n*** Add File: a\n+x $HOME\n*** End Patch";

    [Theory]
    [InlineData("apply_patch <<'EOF'\n{0}\nEOF", null)]
    [InlineData("apply_patch <<EOF\n{0}\nEOF\n", null)]
    [InlineData("  applypatch << \"THE_END\"\n{0}\nTHE_END\n\n", null)]
    [InlineData("apply_patch <<'EOF'\r\n{0}\r\nEOF", null)]
    [InlineData("cd sub/dir && apply_patch <<'EOF'\n{0}\nEOF", "sub/dir")]
    [InlineData("cd \"my dir\" && apply_patch <<'EOF'\n{0}\nEOF", "my dir")]
    [InlineData("cd 'my dir'&&apply_patch <<'EOF'\n{0}\nEOF", "my dir")]
    public void A_script_that_is_only_a_patch_is_one(string script, string? directory) =>
        HeredocPatch.Find(script.Replace("{0}", Patch, StringComparison.Ordinal)).ShouldBe(new HeredocPatch(Patch, directory));

    [Theory]
    [InlineData("apply_patch <<'EOF'\n{0}\nEOF\nls")]
    [InlineData("apply_patch <<'EOF'\n{0}\nEOF\nrm x\nEOF")]
    [InlineData("apply_patch <<'EOF' && ls\n{0}\nEOF")]
    [InlineData("apply_patch <<'EOF' | tee x\n{0}\nEOF")]
    [InlineData("ls; apply_patch <<'EOF'\n{0}\nEOF")]
    [InlineData("cd a; apply_patch <<'EOF'\n{0}\nEOF")]
    [InlineData("cd a || apply_patch <<'EOF'\n{0}\nEOF")]
    [InlineData("cd a b && apply_patch <<'EOF'\n{0}\nEOF")]
    [InlineData("cd $X && apply_patch <<'EOF'\n{0}\nEOF")]
    [InlineData("cd \"$(x)\" && apply_patch <<'EOF'\n{0}\nEOF")]
    [InlineData("apply_patch <<'EOF\"\n{0}\nEOF")]
    [InlineData("apply_patch <<'EOF'\n{0}")]
    [InlineData("cat <<'EOF'\n{0}\nEOF")]
    [InlineData("apply_patch '{0}'")]
    public void A_script_that_does_anything_else_is_none(string script) =>
        HeredocPatch.Find(script.Replace("{0}", Patch, StringComparison.Ordinal)).ShouldBeNull();

    [Fact]
    public void A_bare_patch_is_known()
    {
        HeredocPatch.IsBarePatch(Patch).ShouldBeTrue();
        HeredocPatch.IsBarePatch("ls").ShouldBeFalse();
    }
}
