using System.Collections.Immutable;

namespace Codex.Translation.Dialects;

/// <summary>Leaks that backends running open models have in common: which one depends on the model they run.</summary>
internal static class LeakedShapes
{
    public static readonly ImmutableArray<LeakedCallShape> OfOpenModels =
    [
        LeakedCallShape.ToolCallTag, LeakedCallShape.ToolCallsMarker, LeakedCallShape.FunctionTag, LeakedCallShape.Harmony,
        LeakedCallShape.InvokeTag, LeakedCallShape.CallSection, LeakedCallShape.PythonTag,
    ];
}
