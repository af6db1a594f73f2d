using Nua.Api;
using Xunit;

namespace Nua.AcceptanceTests;

/// <summary>Something that is done with an instance, as the crash matrix meets it.</summary>
/// <param name="From">In which state it begins.</param>
/// <param name="To">In which state it ends.</param>
/// <param name="AskAsync">How it is asked for.</param>
/// <param name="Version">Which version it begins with; <see langword="null"/>: whichever there is.</param>
internal sealed record CrashVerb(Life From, Life To, Func<CrashScene, Task<OperationView>> AskAsync, string? Version = null)
{
    /// <summary>All of them: a verb is a line.</summary>
    public static IReadOnlyDictionary<string, CrashVerb> All { get; } = new Dictionary<string, CrashVerb>
    {
        ["deploy"] = new(Life.Absent, Life.Running, scene => scene.DeployAsync("1.0")),
        ["redeploy"] = new(Life.Running, Life.Running, RedeployAsync),
        ["provider add"] = new(Life.Running, Life.Running, scene => scene.DeployAsync("1.2"), Version: "1.0"),
        ["env set"] = new(Life.Running, Life.Running, SetAsync),
        ["secret rotate"] = new(Life.Running, Life.Running, scene => scene.Client.RotateAsync(scene.Instance, new RotateBody(["DB_PASSWORD"]), Cancellation)),
        ["pause"] = new(Life.Running, Life.Paused, scene => ChangeAsync(scene, "pause")),
        ["clone"] = new(Life.Running, Life.Running, scene => scene.Client.CloneAsync(scene.Instance, new CloneBody(CrashScene.Copy), Cancellation)),
        ["stop"] = new(Life.Running, Life.Stopped, scene => ChangeAsync(scene, "stop")),
        ["start"] = new(Life.Stopped, Life.Running, scene => ChangeAsync(scene, "start")),
        ["restart"] = new(Life.Running, Life.Running, scene => ChangeAsync(scene, "restart")),
        ["destroy"] = new(Life.Running, Life.Absent, scene => DestroyAsync(scene, withData: false)),
        ["destroy with data"] = new(Life.Running, Life.Absent, scene => DestroyAsync(scene, withData: true)),
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>There and back, so that each is another version.</summary>
    private static async Task<OperationView> RedeployAsync(CrashScene scene) =>
        await scene.DeployAsync(await scene.VersionAsync() == "1.0" ? "1.1" : "1.0");

    /// <summary>Another value each time, and one of them a secret.</summary>
    private static Task<OperationView> SetAsync(CrashScene scene) => scene.Client.ConfigureAsync(
        scene.Instance,
        new ValuesBody([new ValueBody("GUESTBOOK_TITLE", $"{Guid.NewGuid()}"), new ValueBody("SECRET_KEY", $"{Guid.NewGuid()}", Secret: true)]),
        Cancellation);

    private static Task<OperationView> ChangeAsync(CrashScene scene, string verb) =>
        scene.Client.ChangeAsync(scene.Instance, verb, Cancellation);

    private static Task<OperationView> DestroyAsync(CrashScene scene, bool withData) =>
        scene.Client.DestroyAsync(scene.Instance, withData, acceptDataLoss: withData, Cancellation);
}
