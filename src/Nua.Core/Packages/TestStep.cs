namespace Nua.Core.Packages;

/// <summary>One <c>[[test]]</c>: a step of the protocol that says whether an instance works.</summary>
public abstract record TestStep
{
    private TestStep() { }

    public required string Name { get; init; }

    /// <summary>The longest the step may take.</summary>
    public TimeSpan Within { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>When it runs.</summary>
    public IReadOnlyList<TestOccasion> When { get; init; } = Enum.GetValues<TestOccasion>();

    /// <summary>Whether it changes data: then it runs on a live instance at deploy only.</summary>
    public bool Writes { get; init; }

    /// <summary>A request through the gateway, with the instance's domain.</summary>
    public sealed record Http : TestStep
    {
        public string Method { get; init; } = "GET";

        /// <summary>A path, which may hold <c>{name}</c> of a value saved by an earlier step.</summary>
        public required string Url { get; init; }

        public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

        public string? Body { get; init; }

        public IReadOnlyDictionary<string, string> Form { get; init; } = new Dictionary<string, string>();

        /// <summary>The status of the answer; <see langword="null"/>: any but <see cref="ExpectNotStatus"/>, and without that any below 400.</summary>
        public int? ExpectStatus { get; init; } = 200;

        public int? ExpectNotStatus { get; init; }

        public string? ExpectText { get; init; }

        public string? ExpectNotText { get; init; }

        public IReadOnlyDictionary<string, string> ExpectHeader { get; init; } = new Dictionary<string, string>();

        /// <summary>JSON paths such as <c>$.status</c>, and the text each must hold.</summary>
        public IReadOnlyDictionary<string, string> ExpectJson { get; init; } = new Dictionary<string, string>();

        /// <summary>Names under which values of the answer are kept for later steps: <c>{ token = "$.token" }</c>.</summary>
        public IReadOnlyDictionary<string, string> Save { get; init; } = new Dictionary<string, string>();
    }

    /// <summary>A command inside the app's workload; exit code 0 passes.</summary>
    public sealed record Command : TestStep
    {
        public required string Line { get; init; }
    }

    /// <summary>A managed volume of the instance that the server must have, or must not have.</summary>
    public sealed record HostVolume : TestStep
    {
        public required string Volume { get; init; }

        public bool Exists { get; init; } = true;
    }

    /// <summary>A folder that the server must have.</summary>
    public sealed record HostDirectory : TestStep
    {
        public required string Path { get; init; }
    }
}

/// <summary>The moments at which a test protocol runs.</summary>
public enum TestOccasion
{
    Deploy,
    Rehearsal,
    Drill,
    Monitor,
}
