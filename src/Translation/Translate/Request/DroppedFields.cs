using System.Collections.Immutable;

namespace Codex.Translation.Translate.Request;

/// <summary>Collects what a translation leaves behind, each place once.</summary>
internal sealed class DroppedFields
{
    private readonly ImmutableArray<DroppedField>.Builder _fields = ImmutableArray.CreateBuilder<DroppedField>();

    public void Add(string path, string reason)
    {
        foreach (var field in _fields)
        {
            if (field.Path == path)
                return;
        }

        _fields.Add(new DroppedField(path, reason));
    }

    public ImmutableArray<DroppedField> ToImmutable() => _fields.ToImmutable();
}
