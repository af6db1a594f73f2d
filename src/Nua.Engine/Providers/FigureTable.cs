using System.Globalization;

namespace Nua.Engine.Providers;

/// <summary>Reads answers of lines that each hold a name and a number.</summary>
/// <param name="separator">What stands between the two.</param>
/// <param name="known">The names that are understood, as the server writes them, in the order in which they are told.</param>
internal sealed class FigureTable(char separator, IReadOnlyList<(string Name, MetricFamily Family)> known)
{
    /// <summary>What the answer tells of them; lines that say anything else are left out.</summary>
    public IReadOnlyList<Metric> Read(string answer)
    {
        var told = answer.Split('\n')
            .Select(line => line.Split(separator, 2, StringSplitOptions.TrimEntries))
            .Where(parts => parts.Length == 2)
            .ToLookup(parts => parts[0], parts => NumberOf(parts[1]));
        return
        [
            .. from one in known
               let value = told[one.Name].FirstOrDefault()
               where value is not null
               select new Metric(one.Family, value.Value),
        ];
    }

    /// <summary><see langword="null"/>: it is no number.</summary>
    public static double? NumberOf(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
