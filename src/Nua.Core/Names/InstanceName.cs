using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Nua.Core.Problems;

namespace Nua.Core.Names;

/// <summary>
/// What the operator calls one running copy of an app. It becomes part of container, volume and network names,
/// so it is a DNS label; holding one means the check has been done.
/// </summary>
[JsonConverter(typeof(InstanceNameJson))]
public sealed partial record InstanceName
{
    private readonly string _value;

    private InstanceName(string value) => _value = value;

    /// <exception cref="NuaException"><c>instance.bad-name</c></exception>
    public static InstanceName Parse(string text) =>
        DnsLabel.IsMatch(text) ? new InstanceName(text) : throw new NuaException(NameProblems.BadInstanceName(text));

    /// <summary><see langword="null"/>: the text is no such name.</summary>
    public static InstanceName? TryParse(string text) => DnsLabel.IsMatch(text) ? new InstanceName(text) : null;

    public override string ToString() => _value;

    [GeneratedRegex(@"^[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex DnsLabel { get; }
}

/// <summary>An instance's name travels as its text.</summary>
public sealed class InstanceNameJson : JsonConverter<InstanceName>
{
    public override InstanceName Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        InstanceName.Parse(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, InstanceName value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
