namespace Nua.Cli;
internal static class Spelling { public static string? Nearest(string typed, IEnumerable<string> known) => known.FirstOrDefault(w => w.StartsWith(typed[..Math.Min(3, typed.Length)], StringComparison.Ordinal)); }
