using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Codex.Contract.Tests.Chaos;

/// <param name="Id">Null for requests of the gateway's own, such as a warm-up.</param>
internal sealed record ChaosRequest(string Method, string Path, string? Id, bool Streams);

/// <summary>Reads the requests of one connection; their bodies have a length.</summary>
internal sealed partial class ChaosRequestReader(Stream stream)
{
    private byte[] _buffer = new byte[8 * 1024];
    private int _length;

    /// <summary>Null when the connection ends between two requests.</summary>
    public async Task<ChaosRequest?> ReadAsync()
    {
        int end;
        while ((end = _buffer.AsSpan(0, _length).IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (!await FillAsync())
                return null;
        }

        var head = Encoding.ASCII.GetString(_buffer, 0, end);
        var size = LengthLine().Match(head) is { Success: true } length ? int.Parse(length.Groups["size"].Value, CultureInfo.InvariantCulture) : 0;
        var whole = end + 4 + size;
        while (_length < whole)
        {
            if (!await FillAsync())
                return null;
        }

        var body = Encoding.UTF8.GetString(_buffer, end + 4, size);
        _buffer.AsSpan(whole, _length - whole).CopyTo(_buffer);
        _length -= whole;
        var line = head[..head.IndexOf('\r', StringComparison.Ordinal)].Split(' ');
        var id = IdMark().Match(body) is { Success: true } mark ? mark.Groups["id"].Value : null;
        return new ChaosRequest(line[0], line[1], id, body.Contains("\"stream\":true", StringComparison.Ordinal));
    }

    private async Task<bool> FillAsync()
    {
        if (_length == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = await stream.ReadAsync(_buffer.AsMemory(_length));
        _length += read;
        return read > 0;
    }

    [GeneratedRegex(@"\r\nContent-Length: (?<size>\d+)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LengthLine();

    [GeneratedRegex(@"id=(?<id>[a-z0-9-]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex IdMark();
}
