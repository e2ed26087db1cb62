namespace Codex.Contract.Tests.Providers.Cases;

/// <summary>A PNG of 32 by 32 red pixels.</summary>
internal static class Picture
{
    public const string RedUrl =
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAIAAAD8GO2jAAAAJ0lEQVR42u3NsQkAAAjAsP7/tF7hIASyp6lTCQQCgUAgEAgEgi/BAjLD/C5w/SM9AAAAAElFTkSuQmCC";
}
