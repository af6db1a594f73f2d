using System.Globalization;
using Docker.DotNet.Models;
using Nua.Engine.Runtimes;
using EngineMount = Docker.DotNet.Models.Mount;
using Mount = Nua.Engine.Runtimes.Mount;

namespace Nua.Drivers.Runtimes.Docker;

/// <summary>Says a <see cref="WorkloadSpec"/> in Docker's words. Pure.</summary>
internal static class ContainerRequest
{
    /// <summary>The spec a container was made from, as a hash: equal means there is nothing to replace.</summary>
    public const string SpecLabel = "rocks.nua.spec";

    /// <summary>More than any honest program starts, less than it takes to harm the machine.</summary>
    private const long DefaultProcesses = 4096;

    /// <summary>A first process that ends when it is asked to, which it would not by default.</summary>
    private static readonly string[] Idle = ["/bin/sh", "-c", $"{ContainerExec.OwnPath}; trap 'exit 0' TERM; while :; do sleep 3600 & wait $!; done"];

    public static CreateContainerParameters For(WorkloadSpec spec, string? secretsFolder)
    {
        var labels = OwnerLabels.Of(spec.Owner);
        labels[SpecLabel] = SpecHash.Of(spec);

        var request = new CreateContainerParameters
        {
            Name = spec.Id.Value,
            Image = spec.Image,
            Entrypoint = spec.IsIdle ? [.. Idle] : null!,
            Cmd = spec.IsIdle || spec.Command.Count == 0 ? null! : [.. spec.Command],
            Env = [.. spec.Environment.Select(variable => $"{variable.Key}={variable.Value}")],
            Labels = labels,
            ExposedPorts = spec.Publish.Select(InContainer).Distinct().ToDictionary(port => port, _ => default(EmptyStruct)),
            HostConfig = Host(spec, secretsFolder),
            NetworkingConfig = Networking(spec)!,
        };
        EngineOptions.Apply(spec.EngineOptions, request);
        return request;
    }

    private static HostConfig Host(WorkloadSpec spec, string? secretsFolder) => new()
    {
        Mounts = [.. spec.Mounts.Select(mount => MountOf(mount, spec.Owner)), .. SecretsMount(secretsFolder)],
        NetworkMode = spec is { IsIdle: true, Network: null } ? "none" : spec.Network!,
        PortBindings = spec.Publish
            .GroupBy(InContainer)
            .ToDictionary(port => port.Key, IList<PortBinding> (port) => [.. port.Select(Binding)]),
        RestartPolicy = new RestartPolicy { Name = RestartPolicyKind.UnlessStopped },
        LogConfig = new LogConfig
        {
            Type = "json-file",
            Config = new Dictionary<string, string> { ["max-size"] = "10m", ["max-file"] = "3" },
        },
        SecurityOpt = ["no-new-privileges"],
        Memory = spec.Limits.MemoryBytes,
        NanoCPUs = (long)(spec.Limits.Cpus * 1e9),
        PidsLimit = spec.Limits.Processes > 0 ? spec.Limits.Processes : DefaultProcesses,
    };

    private static EngineMount MountOf(Mount mount, Ownership owner) => mount switch
    {
        Mount.OfVolume volume => new EngineMount
        {
            Type = "volume",
            Source = volume.Volume,
            Target = volume.Target,
            ReadOnly = volume.ReadOnly,
            // A volume nobody made before is made now, and must not look like a stranger's afterwards.
            VolumeOptions = new VolumeOptions { Labels = OwnerLabels.Of(owner) },
        },
        Mount.OfDirectory directory => Bind(directory.HostPath, directory.Target, directory.ReadOnly),
        Mount.OfMemory memory => new EngineMount
        {
            Type = "tmpfs",
            Target = memory.Target,
            TmpfsOptions = new TmpfsOptions
            {
                SizeBytes = memory.SizeBytes > 0 ? memory.SizeBytes : null,
                Mode = memory.Mode > 0 ? (uint)memory.Mode : null,
            },
        },
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static IEnumerable<EngineMount> SecretsMount(string? folder) =>
        folder is null ? [] : [Bind(folder, Path.GetDirectoryName(WorkloadSpec.SecretsFile)!, readOnly: true)];

    private static EngineMount Bind(string source, string target, bool readOnly) =>
        new() { Type = "bind", Source = source, Target = target, ReadOnly = readOnly };

    private static NetworkingConfig? Networking(WorkloadSpec spec) => spec.Network is null ? null : new NetworkingConfig
    {
        EndpointsConfig = new Dictionary<string, EndpointSettings>
        {
            [spec.Network] = new EndpointSettings { Aliases = [.. spec.Aliases] },
        },
    };

    private static string InContainer(PublishedPort port) =>
        string.Create(CultureInfo.InvariantCulture, $"{port.Container}/{(port.Udp ? "udp" : "tcp")}");

    private static PortBinding Binding(PublishedPort port) =>
        new() { HostIP = port.HostAddress, HostPort = port.Host.ToString(CultureInfo.InvariantCulture) };
}
