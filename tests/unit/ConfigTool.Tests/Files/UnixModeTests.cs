using Codex.ConfigTool.Files;

namespace Codex.ConfigTool.Tests.Files;

public sealed class UnixModeTests
{
    /// <summary>The mode word is the same for the stat calls of Linux and macOS.</summary>
    [Theory]
    [InlineData(0x81A4, FileKind.Regular, 0b110_100_100, false)]
    [InlineData(0x8124, FileKind.Regular, 0b100_100_100, true)]
    [InlineData(0x8FFF, FileKind.Regular, 0b111_111_111_111, false)]
    [InlineData(0x41C0, FileKind.Directory, 0b111_000_000, false)]
    [InlineData(0xA1FF, FileKind.Link, 0b111_111_111, false)]
    [InlineData(0x1180, FileKind.Other, 0b110_000_000, false)]
    [InlineData(0x2180, FileKind.Other, 0b110_000_000, false)]
    [InlineData(0xC180, FileKind.Other, 0b110_000_000, false)]
    public void A_mode_word_tells_kind_and_rights(int word, FileKind kind, int mode, bool isReadOnly) =>
        UnixMode.Facts(word, 1, 2, 3).ShouldBe(new FileFacts(kind, (UnixFileMode)mode, 1, 2, 3, isReadOnly));
}
