using Nua.Core.Names;
using Nua.Core.Problems;
using Nua.Engine.Deploy;
using Nua.Engine.Runtimes;

namespace Nua.Engine.Cloning;

/// <summary>
/// Copies volumes inside the engine: a container of an image that is there, without a network and without any capability but those that
/// keep owners and permissions.
/// </summary>
internal sealed class VolumeCopier(EngineSeams seams)
{
    private const string From = "/from";
    private const string To = "/to";

    private static readonly Dictionary<string, string> Bare = new()
    {
        ["cap_drop"] = """["ALL"]""",
        ["cap_add"] = """["CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID"]""",
        ["read_only"] = "true",
        ["user"] = "\"0\"",
    };

    /// <summary>Copies all of a volume, with owners, permissions, times, links and attributes; on disk when it answers.</summary>
    /// <param name="copy">What to what.</param>
    /// <param name="place">The container that does it.</param>
    /// <param name="image">An image that has <c>cp</c>. Where it is to be found, no variable of the image's decides.</param>
    /// <param name="owner">Whose copy it is.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="NuaException"><c>clone.copy-failed</c></exception>
    public async Task CopyAsync(VolumeCopy copy, WorkloadId place, string image, Ownership owner, CancellationToken cancellation)
    {
        await seams.Runtime.StartAsync(
            new WorkloadSpec
            {
                Id = place,
                Owner = owner,
                Image = image,
                IsIdle = true,
                Mounts = [new Mount.OfVolume(copy.From.Name, From, ReadOnly: true), new Mount.OfVolume(copy.To.Name, To)],
                EngineOptions = Bare,
            },
            cancellation);
        await RunAsync(copy, place, new ExecCommand("/bin/cp", "-a", $"{From}/.", $"{To}/"), cancellation);
        await RunAsync(copy, place, new ExecCommand("/bin/sync", "-f", To), cancellation);
        await seams.Runtime.RemoveAsync(place, CancellationToken.None);
    }

    /// <summary>The container of a copy.</summary>
    public WorkloadId PlaceOf(VolumeCopy copy, InstanceName instance, string operation) =>
        new(seams.Names.OneOff(instance, $"{operation}-{copy.To.Role}"));

    private async Task RunAsync(VolumeCopy copy, WorkloadId place, ExecCommand command, CancellationToken cancellation)
    {
        var outcome = await seams.Runtime.ExecAsync(place, command, cancellation);
        if (!outcome.Succeeded)
        {
            throw new NuaException(CloneProblems.CopyFailed(copy.From.Name, outcome.ExitCode, outcome.LastLine));
        }
    }
}
