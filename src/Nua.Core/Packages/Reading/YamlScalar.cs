using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Nua.Core.Packages.Reading;

/// <summary>The core schema of YAML 1.2: what a plain word is.</summary>
internal static partial class YamlScalar
{
    private const string TagPrefix = "tag:yaml.org,2002:";

    private static readonly string[] KnownTags = ["str", "int", "float", "bool", "null"];

    public static Node Resolve(Scalar scalar, Place at)
    {
        var tag = scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific ? "" : scalar.Tag.Value;
        if (tag.Length > 0 && !KnownTags.Any(known => tag == TagPrefix + known))
        {
            throw new YamlException(scalar.Start, scalar.End, $"The tag '{tag}' means nothing here.");
        }

        return tag == TagPrefix + "str" || (scalar.Style != ScalarStyle.Plain && tag.Length == 0)
            ? new TextNode(scalar.Value, at)
            : Plain(scalar.Value, at);
    }

    private static Node Plain(string word, Place at) => word switch
    {
        "" or "~" or "null" or "Null" or "NULL" => new NullNode(at),
        "true" or "True" or "TRUE" => new BooleanNode(true, at),
        "false" or "False" or "FALSE" => new BooleanNode(false, at),
        _ when Whole.IsMatch(word) => Integer(word, at),
        _ when Fraction.IsMatch(word) => new NumberNode(word, double.Parse(word, CultureInfo.InvariantCulture), null, at),
        _ => new TextNode(word, at),
    };

    private static Node Integer(string word, Place at)
    {
        try
        {
            var number = word switch
            {
                ['0', 'o', .. var digits] => Convert.ToInt64(digits, 8),
                ['0', 'x', .. var digits] => Convert.ToInt64(digits, 16),
                _ => long.Parse(word, CultureInfo.InvariantCulture),
            };
            return new NumberNode(word, number, number, at);
        }
        catch (OverflowException)
        {
            // A number no field can hold: kept as it is written, and refused where a number is wanted.
            return new TextNode(word, at);
        }
    }

    [GeneratedRegex("^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Whole { get; }

    [GeneratedRegex(@"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Fraction { get; }
}
