using System.Collections.Immutable;
using System.Reflection;

namespace Codex.Gateway.Configuration;

/// <summary>The four shapes a setting's type can have; reader and schema both go by it.</summary>
internal abstract record OptionsShape
{
    private OptionsShape()
    {
    }

    public sealed record Scalar(Type Type) : OptionsShape;

    public sealed record TextList : OptionsShape;

    /// <summary>Names of the user's own, each with a value of one type.</summary>
    public sealed record Names(Type Value) : OptionsShape;

    public sealed record Keys(Type Type) : OptionsShape;

    /// <summary><c>true</c>, <c>false</c> or a list of names.</summary>
    public sealed record SwitchOrList : OptionsShape;

    public static OptionsShape Of(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(DiscoverySetting))
            return new SwitchOrList();
        if (type == typeof(ImmutableArray<string>))
            return new TextList();
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableDictionary<,>))
            return new Names(type.GetGenericArguments()[1]);
        return type.IsClass && type != typeof(string) ? new Keys(type) : new Scalar(type);
    }

    public static ImmutableArray<PropertyInfo> KeysOf(Type type) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite)];
}
