using System.Globalization;
using System.Text.RegularExpressions;
using Nua.Engine.State;

namespace Nua.Engine.Deploy;

/// <summary>Under which names an instance's values are kept. Each line of history finds those that it ran with.</summary>
/// <param name="Operation">The operation that deploys: values that do not persist are made anew by each.</param>
/// <param name="Lineage">See <see cref="Deployment.Lineage"/>: an app never gets what was made for the one it replaces.</param>
/// <param name="Versions">Those that were made anew.</param>
internal sealed partial record KeptNames(string Operation, int Lineage, IReadOnlyList<ValueVersion> Versions)
{
    /// <summary>Stands in a plan where the operation's id will: what is made anew is told as changed.</summary>
    public const string NoVersion = "00000000000000000000000000000000";

    public string Of(string owner, string variable, bool persistent) =>
        !persistent ? Versioned(variable, Operation)
        : Versions.FirstOrDefault(one => one.Owner == owner && one.Name == variable) is { } made ? Versioned(variable, made.Version)
        : Lineage == 0 ? variable
        : string.Create(CultureInfo.InvariantCulture, $"{variable}#{Lineage}");

    /// <summary>The name of a value that others of the same variable come after.</summary>
    public static string Versioned(string variable, string version) => $"{variable}@{version}";

    /// <summary>Whether an operation makes it for itself, as every deployment does what does not persist.</summary>
    public static bool IsMadeBy(string kept, string operation) => kept.EndsWith($"@{operation}", StringComparison.Ordinal);

    /// <summary>Whether others may have come after it, so that it can be forgotten once no line of history needs it.</summary>
    public static bool IsVersioned(string kept) => Version.IsMatch(kept);

    /// <summary>The variable it was made for or given to.</summary>
    public static string VariableOf(string kept) => Lineages.Replace(Version.Replace(kept, ""), "");

    /// <summary>Versions are ids of operations and the like.</summary>
    [GeneratedRegex("@[0-9a-f]{32}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Version { get; }

    [GeneratedRegex("#[0-9]+$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Lineages { get; }
}
