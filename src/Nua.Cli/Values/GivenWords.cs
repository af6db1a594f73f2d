using Nua.Api;
using Nua.Cli.Output;

namespace Nua.Cli.Values;

/// <summary>Makes values of what was typed: <c>NAME=VALUE</c>, a file of them, and <c>NAME</c> alone, whose value is read where nobody sees it.</summary>
internal sealed class GivenWords(Terminal terminal)
{
    public required string Workload { get; init; }

    /// <summary>Whether all of them were said to be secrets.</summary>
    public bool Secret { get; init; }

    /// <exception cref="ApiException"><c>cli.no-value</c>, <c>cli.more-input</c>, <c>cli.cannot-read</c>, <c>cli.bad-env-file</c></exception>
    public IReadOnlyList<ValueBody> Read(IReadOnlyList<string> words, string? file)
    {
        var values = words.Select(Read).Concat(file is null ? [] : ReadFile(file)).ToList();
        return words.Any(IsNameAlone) && terminal.HasMoreInput ? throw new ApiException(CliProblems.MoreInput()) : values;
    }

    private ValueBody Read(string word) => IsNameAlone(word)
        ? new ValueBody(word, terminal.ReadHidden(word) ?? throw new ApiException(CliProblems.NoValue(word)), Workload, Secret: true)
        : new ValueBody(word[..word.IndexOf('=')], word[(word.IndexOf('=') + 1)..], Workload, Secret);

    private IEnumerable<ValueBody> ReadFile(string file) =>
        EnvFile.Read(file, TextOf(file)).Select(line => new ValueBody(line.Name, line.Value, Workload, Secret));

    private static bool IsNameAlone(string word) => !word.Contains('=');

    private static string TextOf(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ApiException(CliProblems.CannotRead(file, failure.Message));
        }
    }
}
