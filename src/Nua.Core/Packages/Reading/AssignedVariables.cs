namespace Nua.Core.Packages.Reading;

/// <summary>
/// Variables that older configs gave by <c>[[assign]]</c> or by a table in <c>[instance]</c>:
/// <c>{ key = "DB_PASSWORD", random_str = true }</c> is <c>[env] DB_PASSWORD = { random = true }</c>.
/// </summary>
internal static class AssignedVariables
{
    private static readonly Dictionary<string, string> Rules = new() { ["random-str"] = "random", ["random-int"] = "random" };

    public static void Replace(SourceText source, TableNode root)
    {
        if (root.FindFolded("assign") is { Value: ListNode list } assign)
        {
            foreach (var (index, item) in list.Items.Index())
            {
                if (item is TableNode table)
                {
                    Carry(source, root, table, "[[assign]]");
                }
                else
                {
                    source.Error(PackageProblems.WrongKind($"{assign.Key}[{index}]", item.Kind, "a table"), item.At);
                }
            }

            root.Remove(assign);
        }

        if (root.FindFolded("instance") is { Value: TableNode instance } section)
        {
            ReplaceInstance(source, root, instance, section);
        }
    }

    private static void ReplaceInstance(SourceText source, TableNode root, TableNode instance, Entry section)
    {
        foreach (var entry in instance.Entries.ToList())
        {
            if (entry.Value is TableNode table && Carry(source, root, table, $"[instance.{entry.Key}]"))
            {
                instance.Remove(entry);
            }
        }

        if (instance.Count == 0)
        {
            root.Remove(section);
        }
    }

    /// <returns>Whether the table was such a variable.</returns>
    private static bool Carry(SourceText source, TableNode root, TableNode table, string old)
    {
        if (table.FindFolded("key")?.Value is not TextNode name)
        {
            source.Warn(PackageProblems.UnknownKey(old, "env"), table.At);
            return false;
        }

        source.Deprecate(PackageProblems.OldSpelling(old, $"'{name.Value} = {{ … }}' in [env]"), table.At);
        if (root.FindFolded("env") is null)
        {
            root.TryAdd(new Entry("env", table.At, new TableNode(table.At)));
        }

        if (root.FindFolded("env") is { Value: TableNode env } kept && !env.TryAdd(new Entry(name.Value, name.At, RuleOf(table))))
        {
            source.Warn(PackageProblems.OldAndNew($"{old} {name.Value}", $"{kept.Key}.{name.Value}"), table.At);
        }

        return true;
    }

    private static TableNode RuleOf(TableNode table)
    {
        var rule = new TableNode(table.At);
        foreach (var entry in table.Entries)
        {
            var key = Spelling.Fold(entry.Key);
            if (Rules.TryGetValue(key, out var now))
            {
                rule.TryAdd(entry with { Key = now });
            }
            else if (key != "key")
            {
                rule.TryAdd(entry);
            }

            if (key == "random-int")
            {
                rule.TryAdd(new Entry("type", entry.At, new TextNode("integer", entry.At)));
            }
        }

        return rule;
    }
}
