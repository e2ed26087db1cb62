using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace Codex.Gateway.Configuration;

/// <summary>Reads settings into options records; what does not fit is a problem with its place and the nearest known key.</summary>
internal sealed class OptionsReader(ProblemList problems)
{
    /// <summary>Named by editors to find the schema; means nothing here.</summary>
    private const string SchemaKey = "$schema";

    public GatewayOptions Read(SettingNode.Section root) => (GatewayOptions)ReadKeys(typeof(GatewayOptions), root, KeyPath.Root);

    private object ReadKeys(Type type, SettingNode.Section section, KeyPath path)
    {
        var result = Activator.CreateInstance(type)!;
        var known = OptionsShape.KeysOf(type);
        foreach (var setting in section.Settings)
        {
            if (path.Names.IsEmpty && setting.Name == SchemaKey)
                continue;
            if (known.FirstOrDefault(p => setting.IsNamed(p.Name)) is not { } property)
            {
                problems.Add(setting.Place, path.Child(setting.Name), UnknownKey(setting.Name, known));
                continue;
            }

            if (ReadValue(property.PropertyType, setting.Value, path.Child(setting.Name)) is { } value && IsInRange(property, value, setting, path))
                property.SetValue(result, value);
        }

        return result;
    }

    private object? ReadValue(Type type, SettingNode node, KeyPath path)
    {
        if (node is SettingNode.Scalar { Kind: ScalarKind.Null })
            return null;
        return OptionsShape.Of(type) switch
        {
            OptionsShape.Keys keys => node is SettingNode.Section section ? ReadKeys(keys.Type, section, path) : Expected("an object: { … }", node, path),
            OptionsShape.Names names => ReadNames(names.Value, type, node, path),
            OptionsShape.TextList => ReadList(node, path) is { } list ? list : Expected("a list of texts: [\"…\"]", node, path),
            OptionsShape.SwitchOrList => ReadDiscovery(node, path),
            OptionsShape.Scalar scalar => ReadScalar(scalar.Type, node, path),
            var other => throw new NotSupportedException(other.ToString()),
        };
    }

    private object? ReadNames(Type valueType, Type type, SettingNode node, KeyPath path)
    {
        if (node is not SettingNode.Section section)
            return Expected("an object: { \"name\": … }", node, path);
        var entries = (System.Collections.IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), valueType))!;
        foreach (var setting in section.Settings)
        {
            if (ReadValue(valueType, setting.Value, path.Child(setting.Name)) is { } value)
                entries[setting.Name] = value;
        }

        var empty = type.GetField(nameof(ImmutableDictionary<,>.Empty), BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
        return type.GetMethod(nameof(ImmutableDictionary<,>.AddRange))!.Invoke(empty, [entries]);
    }

    private ImmutableArray<string>? ReadList(SettingNode node, KeyPath path)
    {
        switch (node)
        {
            case SettingNode.Sequence sequence:
                var items = sequence.Items.Select((item, i) => ReadValue(typeof(string), item, path.Item(i)) as string);
                return [.. items.OfType<string>()];
            case SettingNode.Scalar { Kind: ScalarKind.Untyped } scalar:
                return [.. scalar.Text.Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
            case SettingNode.Section { Place: SettingPlace.Variable } section when section.Settings.All(s => int.TryParse(s.Name, out _)):
                // CODEX_GATEWAY_Urls__0=…, as Microsoft.Extensions.Configuration writes lists.
                return [.. section.Settings.OrderBy(s => int.Parse(s.Name, CultureInfo.InvariantCulture)).Select(s => s.Value).OfType<SettingNode.Scalar>().Select(s => s.Text)];
            default:
                return null;
        }
    }

    private object? ReadDiscovery(SettingNode node, KeyPath path)
    {
        if (node is SettingNode.Scalar scalar && ScalarReading.Read(typeof(bool), scalar).Value is bool on)
            return on ? new DiscoverySetting.All() : new DiscoverySetting.Off();
        return ReadList(node, path) is { } names ? new DiscoverySetting.Only(names) : Expected("true, false or a list of dialects", node, path);
    }

    private object? ReadScalar(Type type, SettingNode node, KeyPath path)
    {
        if (node is not SettingNode.Scalar scalar)
            return Expected(ScalarReading.Read(type, new SettingNode.Scalar(node.Place, ScalarKind.Null, "")).Expected, node, path);
        var (value, expected) = ScalarReading.Read(type, scalar);
        return value ?? Expected(expected, node, path, isRightKind: ScalarReading.Takes(type, scalar.Kind));
    }

    private bool IsInRange(PropertyInfo property, object value, Setting setting, KeyPath path)
    {
        if (property.GetCustomAttribute<RangeAttribute>() is not { } range)
            return true;
        var number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
        var (least, most) = (Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture), Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture));
        if (number >= least && number <= most)
            return true;
        problems.Add(setting.Value.Place, path.Child(setting.Name), string.Create(CultureInfo.InvariantCulture, $"must be between {range.Minimum} and {range.Maximum}"));
        return false;
    }

    /// <summary>The value itself is not repeated: it may be a key that slipped into the wrong line.</summary>
    private object? Expected(string what, SettingNode node, KeyPath path, bool isRightKind = false)
    {
        var found = node switch
        {
            SettingNode.Section => "an object",
            SettingNode.Sequence => "a list",
            SettingNode.Scalar { Kind: ScalarKind.Number } => "a number",
            SettingNode.Scalar { Kind: ScalarKind.Boolean } => "true or false",
            _ => "a text",
        };
        problems.Add(node.Place, path, isRightKind || node is SettingNode.Scalar { Kind: ScalarKind.Untyped }
            ? $"must be {what}"
            : $"must be {what}; this is {found}");
        return null;
    }

    private static string UnknownKey(string name, ImmutableArray<PropertyInfo> known) =>
        $"is not a known key; {Advice.About(name, [.. known.Select(p => p.Name)])}";
}
