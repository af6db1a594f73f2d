using System.Text.Json;
using Nua.Engine.Runtimes;

namespace Nua.Testing.Fakes;

/// <summary>The few programs that an <see cref="InMemoryRuntime"/> knows: enough for the contract of all runtimes.</summary>
internal static class InMemoryPrograms
{
    /// <summary>What a program that says something at once and then goes on leaves in the log.</summary>
    public static void Play(InMemoryWorkload workload)
    {
        if (workload.Spec.Command is ["sh", "-c", var script])
        {
            foreach (var line in script.Split(';', StringSplitOptions.TrimEntries).Where(line => line.StartsWith("echo ", StringComparison.Ordinal)))
            {
                var isError = line.EndsWith(" >&2", StringComparison.Ordinal);
                var text = line["echo ".Length..];
                workload.Write(isError ? text[..^" >&2".Length] : text, isError);
            }
        }
    }

    public static ExecOutcome Run(InMemoryWorkload workload, Func<WorkloadSpec, string, InMemoryVolume?> volumeAt, ExecCommand command) =>
        command.Arguments switch
        {
            ["true"] => new ExecOutcome(0, "", ""),
            ["false"] => new ExecOutcome(1, "", ""),
            ["echo", ..] => new ExecOutcome(0, $"{string.Join(' ', command.Arguments.Skip(1))}\n", ""),
            ["env"] => new ExecOutcome(0, string.Concat(Variables(workload.Spec, command)), ""),
            ["cat", WorkloadSpec.SecretsFile] => SecretsOf(workload.Spec),
            ["/bin/cp", "-a", var from, var to] => Copy(volumeAt(workload.Spec, Path.GetDirectoryName(from)!), volumeAt(workload.Spec, to.TrimEnd('/'))),
            ["/bin/sync", ..] => new ExecOutcome(0, "", ""),
            ["mkdir", var folder] => MakeFolder(volumeAt(workload.Spec, Path.GetDirectoryName(folder)!), folder),
            ["ls", var folder] => volumeAt(workload.Spec, folder) is { } volume
                ? new ExecOutcome(0, string.Concat(volume.Folders.Select(name => $"{name}\n")), "")
                : new ExecOutcome(1, "", $"ls: {folder}: No such file or directory\n"),
            [var program, ..] => new ExecOutcome(127, $"{program}: not found\n", ""),
            [] => throw new ArgumentException("A command names a program.", nameof(command)),
        };

    private static IEnumerable<string> Variables(WorkloadSpec spec, ExecCommand command) =>
        spec.Environment.Select(variable => $"{variable.Key}={variable.Value}\n")
            .Concat(command.Secrets.Select(secret => $"{secret.Key}={secret.Value.Reveal()}\n"));

    private static ExecOutcome SecretsOf(WorkloadSpec spec) =>
        spec.Secrets.Count == 0
            ? new ExecOutcome(1, "", "cat: no secrets\n")
            : new ExecOutcome(0, JsonSerializer.Serialize(spec.Secrets.ToDictionary(secret => secret.Key, secret => secret.Value.Reveal())), "");

    private static ExecOutcome Copy(InMemoryVolume? from, InMemoryVolume? to)
    {
        to?.Folders.UnionWith(from?.Folders ?? []);
        return new ExecOutcome(from is null || to is null ? 1 : 0, "", "");
    }

    private static ExecOutcome MakeFolder(InMemoryVolume? volume, string folder) =>
        volume?.Folders.Add(Path.GetFileName(folder)) == true
            ? new ExecOutcome(0, "", "")
            : new ExecOutcome(1, "", $"mkdir: can't create directory '{folder}'\n");
}
