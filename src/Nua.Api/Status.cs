namespace Nua.Api;

/// <summary>The server and what it stands on.</summary>
/// <param name="Version">Nua's version.</param>
/// <param name="State"><c>starting</c>, <c>ready</c> or <c>stopping</c>.</param>
/// <param name="Pid">The server's process.</param>
/// <param name="UptimeSeconds">Since when it runs.</param>
/// <param name="Home">The folder of its state.</param>
/// <param name="Engine">The engine that runs the workloads.</param>
/// <param name="Gateway">The public door.</param>
/// <param name="Counts">How much there is.</param>
/// <param name="UnderWay">What holds a lock.</param>
/// <param name="Repairs">What the reconciler did.</param>
/// <param name="Door">The remote door; <see langword="null"/>: it is shut.</param>
public sealed record StatusView(
    string Version,
    string State,
    int Pid,
    long UptimeSeconds,
    string Home,
    EngineStatus Engine,
    GatewayStatus Gateway,
    CountsView Counts,
    IReadOnlyList<UnderWayView> UnderWay,
    RepairsView Repairs,
    DoorStatus? Door = null);

/// <summary>What the reconciler did of late: it brings reality back to what is wanted.</summary>
/// <param name="LastDay">How many instances it put right in the last 24 hours, or tried to.</param>
/// <param name="Last">The last time; its result says what was found and done.</param>
public sealed record RepairsView(int LastDay, OperationView? Last = null);

/// <param name="Driver">The driver's name, such as <c>docker</c>.</param>
/// <param name="Version">The engine's name and version; <see langword="null"/> when it does not answer.</param>
/// <param name="Problem">Why it does not answer, or what on it the server leaves alone.</param>
public sealed record EngineStatus(string Driver, string? Version = null, ProblemView? Problem = null);

/// <param name="HttpsPort">Where visitors come in; <see langword="null"/> when the gateway does not answer.</param>
/// <param name="Routes">How many domains it serves.</param>
/// <param name="Problem">Why it does not answer.</param>
public sealed record GatewayStatus(int? HttpsPort = null, int Routes = 0, ProblemView? Problem = null);

/// <param name="Instances">Instances that were not removed.</param>
/// <param name="Started">Those of them that are to run.</param>
/// <param name="RunningOperations">Operations that have not come to their end.</param>
public sealed record CountsView(int Instances, int Started, int RunningOperations);

/// <summary>Whether the server takes work: HTTP 200 when it is <c>ready</c>, 503 before and after.</summary>
/// <param name="State"><c>starting</c>, <c>ready</c> or <c>stopping</c>.</param>
public sealed record HealthView(string State);

/// <summary>What a clean-up did.</summary>
/// <param name="Actions">One sentence each.</param>
/// <param name="Kept">What it left where it is and how that goes, one sentence each.</param>
public sealed record CleanupView(IReadOnlyList<string> Actions, IReadOnlyList<string>? Kept = null);
