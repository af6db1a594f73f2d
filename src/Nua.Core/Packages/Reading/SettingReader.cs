namespace Nua.Core.Packages.Reading;

/// <summary>
/// Reads one variable of <c>[env]</c>. Texts stay as they are written, booleans become <c>true</c> or <c>false</c>,
/// lists become JSON; a table says where the value comes from when the instance is deployed.
/// </summary>
internal static class SettingReader
{
    private const int LongestRandom = 1024;

    private const int ShortestSafeRandom = 8;

    private static readonly Dictionary<string, bool> RandomTypes = new()
    {
        ["str"] = false,
        ["string"] = false,
        ["text"] = false,
        ["int"] = true,
        ["integer"] = true,
    };

    /// <summary>A table that says where a value comes from.</summary>
    public static readonly Shape RuleShape = Shape.Of(ReadRule);

    private static readonly HashSet<string> RuleKeys = [.. ((Shape.Table)RuleShape).Keys.Keys.Keys.Select(Spelling.Fold)];

    private static readonly Shape VariableShape = new Shape.Either(
        new Shape.Either(new Shape.Text(), new Shape.ListOf(new Shape.Anything())), RuleShape);

    /// <summary>Reads a table of variables; empty when absent.</summary>
    public static IReadOnlyDictionary<string, Setting> ReadAll(Section section, string key) =>
        section.Map(key, VariableShape, ReadVariable) ?? new Dictionary<string, Setting>();

    /// <summary>Reads a table that says where a value comes from; <see langword="null"/> when it does not.</summary>
    public static Setting? ReadDynamic(Value value)
    {
        var section = new Section(value.Source, value.Path, (TableNode)value.Node);
        var setting = ReadRule(section);
        section.ReportWhatNobodyRead();
        return setting;
    }

    private static Setting? ReadVariable(string name, Value value)
    {
        if (!VariableNames.IsValid(name))
        {
            value.Source.Error(PackageProblems.BadVariable(value.Path), value.At);
            return null;
        }

        switch (value.Node)
        {
            case TableNode table:
                CheckRule(value, table);
                return ReadDynamic(value) ?? Nothing(value);
            case NullNode or DateNode:
                value.Source.Error(PackageProblems.NoVariable(value.Path, value.Node.Kind), value.At);
                return null;
            default:
                return value.AsTextOrJson() is { } text ? new Setting.Literal(text) : null;
        }
    }

    /// <summary>What says where a value comes from is a text, a number or a switch, whether anybody reads it or not.</summary>
    private static void CheckRule(Value value, TableNode table)
    {
        // What has a meaning is refused by those who read it.
        foreach (var entry in table.Entries.Where(IsNoPart))
        {
            value.Source.Error(PackageProblems.NoPartOfARule($"{value.Path}.{entry.Key}", entry.Value.Kind), entry.Value.At);
        }
    }

    private static bool IsNoPart(Entry entry) =>
        entry.Value is NullNode || (entry.Value is TableNode or DateNode && !RuleKeys.Contains(Spelling.Fold(entry.Key)));

    /// <summary>The first rule that is there decides, whatever its value: the order is the format's.</summary>
    private static Setting? ReadRule(Section section)
    {
        var from = section.Text("from");
        var key = section.Ask("key", new Shape.Text());
        var shared = section.Ask("nua_internal", new Shape.Text());
        var address = section.Ask("external_ip", new Shape.Flag());
        var random = section.Ask("random", new Shape.Flag());
        var database = section.Ask("unique_db", new Shape.Flag());
        var user = section.Ask("unique_user", new Shape.Flag());
        var asInteger = section.Choice("type", RandomTypes) ?? false;
        var length = section.Integer("length", 1, LongestRandom);

        // Documented as 'persistent', written as 'persist' by nearly everybody: both are honoured.
        var persistent = section.EitherOf("persistent", "persist", section.Flag) ?? true;
        var display = section.Flag("display") ?? false;
        return 0 switch
        {
            _ when key is not null => new Setting.Lookup(string.IsNullOrEmpty(from) ? null : from, key.AsText() ?? ""),
            _ when shared is not null => new Setting.HostPassword(shared.AsText() ?? ""),
            _ when address is not null => new Setting.ExternalIp(),
            _ when random is not null && asInteger => new Setting.RandomInteger(persistent, display),
            _ when random is not null => ReadRandomText(section, length, persistent, display),
            _ when database is not null => new Setting.UniqueDatabase(persistent, display),
            _ when user is not null => new Setting.UniqueUser(persistent, display),
            _ => null,
        };
    }

    private static Setting.RandomText ReadRandomText(Section section, int? length, bool persistent, bool display)
    {
        var setting = new Setting.RandomText(Persistent: persistent, Display: display);
        if (length < ShortestSafeRandom)
        {
            section.Source.Warn(PackageProblems.ShortRandom(section.Path, length.Value), section.At);
        }

        return length is null ? setting : setting with { Length = length.Value };
    }

    private static Setting.Literal Nothing(Value value)
    {
        value.Source.Warn(PackageProblems.NoRuleForValue(value.Path), value.At);
        return new Setting.Literal("");
    }
}
