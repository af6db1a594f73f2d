using Nua.Core.Names;
using Nua.Core.Problems;
using Nua.Engine.Operations;
using Nua.Engine.State;

namespace Nua.Engine.Deploy;

/// <summary>Data that an operation is about to remove or to overwrite.</summary>
/// <param name="Instance">Whose.</param>
/// <param name="Verb">What would become of it, for the refusal: <c>destroyed</c>, <c>replaced</c>.</param>
/// <param name="Volumes">The volumes it is in.</param>
/// <param name="AcceptLoss">The override: whoever asked gives the data up.</param>
/// <param name="Instead">What to do instead, as a hint.</param>
internal sealed record DataAtStake(InstanceName Instance, string Verb, IReadOnlyList<string> Volumes, bool AcceptLoss, string Instead)
{
    /// <summary>The databases in shared servers that it is in.</summary>
    public IReadOnlyList<string> Databases { get; init; } = [];

    public bool IsNothing => Volumes.Count == 0 && Databases.Count == 0;

    /// <summary>What a database in a shared server is called before those who are to give it up.</summary>
    public static string NameOf(Tenancy tenancy) => $"{tenancy.Role} in {tenancy.Server}";
}

/// <summary>Why data was allowed to go; journaled with the operation.</summary>
/// <param name="Basis"><c>override</c>: no recovery point was verified, and whoever asked accepted that.</param>
/// <param name="Volumes">What was given up.</param>
public sealed record DataPass(string Basis, IReadOnlyList<string> Volumes)
{
    /// <summary>The databases in shared servers that were given up; <see langword="null"/>: none.</summary>
    public IReadOnlyList<string>? Databases { get; init; }
}

/// <summary>
/// The one gate that every removal and every overwriting of data passes, whatever the verb: a verified recovery point, or an
/// explicit override. What opens it is decided here alone.
/// </summary>
internal static class DataGate
{
    /// <summary>Why the data may not go; <see langword="null"/> when it may.</summary>
    public static Problem? Refusal(DataAtStake data) => data.AcceptLoss ? null : DeployProblems.DataUnproven(data);

    /// <summary>
    /// A step of the operation that comes before anything is touched. It stands in the journal with why the data may go and
    /// what was given up, or with the refusal.
    /// </summary>
    /// <param name="operation">Whose step.</param>
    /// <param name="acceptLoss">The override, as it was asked: the step is called by it.</param>
    /// <param name="find">Looks what is at stake.</param>
    /// <exception cref="NuaException"><c>deploy.data-unproven</c></exception>
    public static Task PassAsync(Operation operation, bool acceptLoss, Func<Task<DataAtStake>> find) => operation.StepAsync(
        DeploySteps.ProveData(acceptLoss),
        EngineJson.Default.DataPass,
        async () =>
        {
            var data = await find();
            return Refusal(data) is { } refusal
                ? throw new NuaException(refusal)
                : new DataPass("override", data.Volumes) { Databases = data.Databases.Count == 0 ? null : data.Databases };
        });
}
