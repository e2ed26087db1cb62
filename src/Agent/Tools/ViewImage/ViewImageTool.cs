using System.Text.Json;
using Codex.Agent.Edits;

namespace Codex.Agent.Tools.ViewImage;

/// <summary>Puts an image file before the model.</summary>
/// <param name="takesImages">False for a model of text only, which is told so instead of being sent what its server would refuse.</param>
public sealed class ViewImageTool(bool takesImages) : ITool
{
    /// <summary>Bytes of the file: servers refuse requests that are much larger.</summary>
    private const long Largest = 10 * 1024 * 1024;

    public ToolSpec Spec { get; } = ToolSpec.Create("view_image", """
        {"type":"object","properties":{"path":{"type":"string"}},"required":["path"]}
        """);

    public bool IsParallelSafe(JsonElement arguments) => true;

    public async Task<ToolResult> RunAsync(ToolCall call, JsonElement arguments, ToolContext context, CancellationToken cancellation)
    {
        if (!takesImages)
            return ToolResult.Failed("This model takes text only, so the image cannot be shown. Find out what you need in another way, or ask the user.");
        if (arguments.Text("path") is not { } given)
            return ToolResult.Failed("view_image needs a path.");
        var path = context.FindPath(given).Path;
        var status = FileStatus.Of(path);
        if (!status.Exists)
            return ToolResult.Failed($"unable to locate image at `{path}`: {FileStatus.Describe(status.Error)}");
        if (!status.IsRegular)
            return ToolResult.Failed($"image path `{path}` is not a file");
        try
        {
            if (new FileInfo(path).Length is var length && length > Largest)
                return ToolResult.Failed($"unable to process image: it has {length} bytes, the limit is {Largest}. Make a smaller copy and view that.");
            var bytes = await File.ReadAllBytesAsync(path, cancellation);
            return TypeOf(bytes) is { } type
                ? new ToolResult([new ToolContent.Image($"data:{type};base64,{Convert.ToBase64String(bytes)}")], IsSuccess: true)
                : ToolResult.Failed("unable to process image: invalid or unsupported image data");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ToolResult.Failed($"unable to read image at `{path}`: {e.Message}");
        }
    }

    /// <summary>By the first bytes; names lie.</summary>
    private static string? TypeOf(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => "image/png",
        [0xff, 0xd8, 0xff, ..] => "image/jpeg",
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => "image/gif",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "image/webp",
        _ => null,
    };
}
