using Codex.Toml.Tests.Generators;
using Codex.Toml.Values;
using FsCheck.Fluent;

namespace Codex.Toml.Tests.Values;

public sealed class ValueTests
{
    public static TheoryData<string, TomlValue> Spellings => new()
    {
        { "\"a\\b\\t\\n\\f\\r\\e\\\"\\\\\\x41\\u00e9\\U0001F600\"", new TomlValue.String("a\b\t\n\f\r\e\"\\A\u00e9\U0001F600") },
        { "'C:\\dir\\'", new TomlValue.String("C:\\dir\\") },
        { "\"\"\"\r\n  a \\  \r\n\r\n   b\"\"\"\"\"", new TomlValue.String("  a b\"\"") },
        { "'''\n'a''\n'''", new TomlValue.String("'a''\n") },
        { "\"\"\"\"\"\"", new TomlValue.String("") },
        { "-9_223_372_036_854_775_808", new TomlValue.Integer(long.MinValue) },
        { "+9223372036854775807", new TomlValue.Integer(long.MaxValue) },
        { "0xDEAD_beef", new TomlValue.Integer(0xDEADBEEF) },
        { "0o755", new TomlValue.Integer(493) },
        { "0b1101", new TomlValue.Integer(13) },
        { "-0", new TomlValue.Integer(0) },
        { "6.626e-34", new TomlValue.Float(6.626e-34) },
        { "1_0.2_5E+1_0", new TomlValue.Float(10.25e10) },
        { "1e400", new TomlValue.Float(double.PositiveInfinity) },
        { "-0.0", new TomlValue.Float(-0.0) },
        { "-inf", new TomlValue.Float(double.NegativeInfinity) },
        { "+nan", new TomlValue.Float(double.NaN) },
        { "false", new TomlValue.Boolean(false) },
        { "1979-05-27 07:32:00.123456789012z", new TomlValue.DateTime(TomlDateTimeKind.Offset, "1979-05-27T07:32:00.123456789012Z") },
        { "1979-05-27t07:32-07:00", new TomlValue.DateTime(TomlDateTimeKind.Offset, "1979-05-27T07:32-07:00") },
        { "0000-02-29T23:59:60", new TomlValue.DateTime(TomlDateTimeKind.Local, "0000-02-29T23:59:60") },
        { "2000-02-29", new TomlValue.DateTime(TomlDateTimeKind.LocalDate, "2000-02-29") },
        { "07:32:00.5", new TomlValue.DateTime(TomlDateTimeKind.LocalTime, "07:32:00.5") },
        { "[ [], {}, 1, ]", new TomlValue.Array([new TomlValue.Array([]), TomlValue.Table.Empty, new TomlValue.Integer(1)]) },
    };

    [Theory]
    [MemberData(nameof(Spellings))]
    public void A_spelling_means_a_value(string spelling, TomlValue value) =>
        TomlDocument.Parse($"a = {spelling} # c").Find(TomlPath.Of("a")).ShouldNotBeNull().ToValue().ShouldBe(value);

    [Theory]
    [InlineData("say \"hi\"", "\"say \\\"hi\\\"\"")]
    [InlineData("C:\\dir", "\"C:\\\\dir\"")]
    [InlineData("\b\t\n\f\r\e", "\"\\b\\t\\n\\f\\r\\e\"")]
    [InlineData("\0\u001f\u007f\u0085\u2028\u2029\ufeff", "\"\\u0000\\u001F\\u007F\\u0085\\u2028\\u2029\\uFEFF\"")]
    [InlineData("'\u00e9\U0001F600'", "\"'\u00e9\U0001F600'\"")]
    public void A_string_is_written_as_a_basic_string(string value, string spelling) =>
        ValueWriter.WriteString(value).ShouldBe(spelling);

    [Fact]
    public void The_escape_character_is_written_so_that_the_version_knows_it() =>
        ValueWriter.WriteString("\e", TomlVersion.V1_0).ShouldBe("\"\\u001B\"");

    [Theory]
    [InlineData(1.0, "1.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(1e22, "1E+22")]
    [InlineData(0.1, "0.1")]
    [InlineData(double.NegativeInfinity, "-inf")]
    public void A_float_is_written_as_one(double value, string spelling) => ValueWriter.Write(new TomlValue.Float(value)).ShouldBe(spelling);

    [Theory]
    [InlineData("a-b_9", "a-b_9")]
    [InlineData("1", "1")]
    [InlineData("", "\"\"")]
    [InlineData("a b", "\"a b\"")]
    [InlineData("a.b\"", "\"a.b\\\"\"")]
    [InlineData("\u00e9", "\"\u00e9\"")]
    public void A_key_is_bare_where_that_is_allowed(string key, string spelling) => KeyWriter.Write(key).ShouldBe(spelling);

    [Theory]
    [InlineData(TomlVersion.V1_1)]
    [InlineData(TomlVersion.V1_0)]
    public void Every_string_and_number_comes_back_as_it_was_written(TomlVersion version) =>
        Prop.ForAll(
            ArbMap.Default.GeneratorFor<(string?, long, double, bool)>().ToArbitrary(),
            sample =>
            {
                var key = string.Concat((sample.Item1 ?? "").EnumerateRunes());
                var value = new TomlValue.Table(
                [
                    KeyValuePair.Create<string, TomlValue>(key, new TomlValue.String(key)),
                    KeyValuePair.Create<string, TomlValue>(key + "n", new TomlValue.Array([new TomlValue.Integer(sample.Item2), new TomlValue.Float(sample.Item3), new TomlValue.Boolean(sample.Item4)])),
                ]);
                var document = TomlDocument.Parse($"a = {ValueWriter.Write(value, version)}", new() { Version = version });
                document.Diagnostics.ShouldBeEmpty();
                document.Find(TomlPath.Of("a"))!.ToValue().ShouldBe(value);
            }).ShouldHold(500);

    [Fact]
    public void Tables_are_equal_whatever_the_order_of_their_keys()
    {
        Value("a = { b = 1, c = [1.0] }").ShouldBe(Value("[a]\nc = [1.0]\nb = 1"));
        Value("a = nan").ShouldBe(Value("a = -nan"));
        Value("a = 0.0").ShouldNotBe(Value("a = -0.0"));
        Value("a = 1").ShouldNotBe(Value("a = 1.0"));
        Value("a = [1, 2]").ShouldNotBe(Value("a = [2, 1]"));
    }

    private static TomlValue Value(string text) => TomlDocument.Parse(text).ToValue();
}
