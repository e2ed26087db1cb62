using Codex.Gateway.Logging;
using Microsoft.Extensions.Logging;

namespace Codex.Gateway.Tests.Logging;

public sealed class LogFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("codex-gateway-log-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(false, "INF Line 0")]
    [InlineData(true, "\"message\":\"Line 0\"")]
    public void The_file_gets_every_line_and_old_files_go(bool json, string first)
    {
        var path = Path.Combine(_folder.FullName, "gateway.log");
        var settings = new LogSettings { Json = json, File = new LogFile(path, MaxBytes: 4096, Kept: 3) };
        using (var factory = LoggerFactory.Create(logging => logging.AddGatewayLog(settings)))
        {
            var log = factory.CreateLogger("test");
            log.LogInformation("Line {Number}", 0);
            File.Exists(path).ShouldBeTrue();
            using (var shared = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite)))
                shared.ReadToEnd().ShouldContain(first);
            for (var i = 1; i < 1000; i++)
                log.LogInformation("Line {Number}", i);
        }

        var files = _folder.GetFiles();
        files.Length.ShouldBe(3);
        files.ShouldAllBe(f => f.Length < 5000);
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_found_before_the_start()
    {
        new LogFile(Path.Combine(_folder.FullName, "a.log")).Problem().ShouldBeNull();
        new LogFile(Path.Combine(_folder.FullName, "no", "a.log")).Problem().ShouldBe("its folder does not exist");
        new LogFile(_folder.FullName).Problem().ShouldBe("it is a folder");
    }
}
