using System.Collections.Immutable;
using Codex.Agent.Loop;

namespace Codex.Agent.CommandLine;

/// <summary>Loads images named on the command line.</summary>
internal static class ImageFiles
{
    private const long LargestImage = 20 * 1024 * 1024;

    /// <returns>The images, or what is wrong with one.</returns>
    public static async Task<(ImmutableArray<InputImage> Images, string? Problem)> LoadAsync(
        IReadOnlyList<string> files, string directory, CancellationToken cancellation)
    {
        var images = ImmutableArray.CreateBuilder<InputImage>();
        foreach (var file in files)
        {
            var path = Path.GetFullPath(file, directory);
            if (TypeOf(path) is not { } type)
                return ([], $"{file} is no image that models take: png, jpg, gif or webp");
            if (!File.Exists(path))
                return ([], $"{file} does not exist");
            if (new FileInfo(path).Length > LargestImage)
                return ([], $"{file} is larger than {LargestImage / (1024 * 1024)} MiB");
            images.Add(new InputImage(path, $"data:{type};base64,{Convert.ToBase64String(await File.ReadAllBytesAsync(path, cancellation))}"));
        }

        return (images.ToImmutable(), null);
    }

    private static string? TypeOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".png" => "image/png",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".gif" => "image/gif",
        ".webp" => "image/webp",
        _ => null,
    };
}
