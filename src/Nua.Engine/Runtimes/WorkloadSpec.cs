using System.Text.Json.Serialization;
using Nua.Core;

namespace Nua.Engine.Runtimes;

/// <summary>The name of a workload on its engine; the same on every engine.</summary>
public sealed record WorkloadId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>What to run, in words every engine understands.</summary>
public sealed record WorkloadSpec
{
    /// <summary>Its name.</summary>
    public required WorkloadId Id { get; init; }

    /// <summary>Who makes it, and for what.</summary>
    public required Ownership Owner { get; init; }

    /// <summary>A reference the engine can run without asking a registry.</summary>
    public required string Image { get; init; }

    /// <summary>Replaces the image's command; empty keeps it.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>
    /// Whether it runs nothing of the image's own and only waits, for commands to be run in it. Without a network it then reaches nobody.
    /// </summary>
    public bool IsIdle { get; init; }

    /// <summary>Variables anybody who may inspect the workload may read.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Variables that only the workload's own processes see: delivered through a file in memory at
    /// <see cref="SecretsFile"/> that the agent reads before it starts the program.
    /// </summary>
    public IReadOnlyDictionary<string, Secret> Secrets { get; init; } = new Dictionary<string, Secret>();

    /// <summary>What it sees at which paths.</summary>
    public IReadOnlyList<Mount> Mounts { get; init; } = [];

    /// <summary>The network it joins; <see langword="null"/>: the engine's default.</summary>
    public string? Network { get; init; }

    /// <summary>The host names by which others on its network reach it.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Ports published on the host. The gateway needs none: it reaches the workload on its own address.</summary>
    public IReadOnlyList<PublishedPort> Publish { get; init; } = [];

    /// <summary>What it may use.</summary>
    public Limits Limits { get; init; } = new();

    /// <summary>What the operator asked of the engine beyond the rest, under docker-py argument names, as JSON text.</summary>
    public IReadOnlyDictionary<string, string> EngineOptions { get; init; } = new Dictionary<string, string>();

    /// <summary>Where the agent finds the secrets: a JSON object of names and values.</summary>
    public const string SecretsFile = "/run/nua/secrets.json";
}

/// <summary>One mount. Equal specs make equal mounts.</summary>
[JsonDerivedType(typeof(OfVolume), "volume")]
[JsonDerivedType(typeof(OfDirectory), "directory")]
[JsonDerivedType(typeof(OfMemory), "memory")]
public abstract record Mount(string Target, bool ReadOnly)
{
    /// <summary>A named volume: its data outlives the workload.</summary>
    public sealed record OfVolume(string Volume, string Target, bool ReadOnly = false) : Mount(Target, ReadOnly);

    /// <summary>A folder of the host.</summary>
    public sealed record OfDirectory(string HostPath, string Target, bool ReadOnly = false) : Mount(Target, ReadOnly);

    /// <param name="Target">The path in the container.</param>
    /// <param name="SizeBytes">0: the engine's default.</param>
    /// <param name="Mode">Unix permissions; 0: the engine's default.</param>
    public sealed record OfMemory(string Target, long SizeBytes = 0, int Mode = 0) : Mount(Target, ReadOnly: false);
}

/// <param name="Container">The port in the container.</param>
/// <param name="Host">The port on the host.</param>
/// <param name="Udp">Whether it is UDP rather than TCP.</param>
/// <param name="HostAddress">The address of the host it is bound to.</param>
public sealed record PublishedPort(int Container, int Host, bool Udp = false, string HostAddress = "0.0.0.0");

/// <summary>What a workload may use.</summary>
/// <param name="MemoryBytes">0: no bound.</param>
/// <param name="Cpus">Cores, such as 0.5; 0: no bound.</param>
/// <param name="Processes">Processes and threads; 0: the driver's own bound, which no honest program meets.</param>
public sealed record Limits(long MemoryBytes = 0, double Cpus = 0, long Processes = 0);

/// <summary>A volume to have. Having it already is success.</summary>
/// <param name="Name">Its name on the engine.</param>
/// <param name="Owner">Who wants it.</param>
/// <param name="Driver"><c>local</c> is the engine's own.</param>
/// <param name="Options">The driver's options.</param>
public sealed record VolumeSpec(string Name, Ownership Owner, string Driver = "local", IReadOnlyDictionary<string, string>? Options = null);

/// <summary>A network to have. Having it already is success.</summary>
/// <param name="Name">Its name on the engine.</param>
/// <param name="Owner">Who wants it.</param>
/// <param name="Internal">Whether nothing on it may reach the outside.</param>
public sealed record NetworkSpec(string Name, Ownership Owner, bool Internal = false);
