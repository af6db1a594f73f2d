using Nua.Core.Problems;
using Nua.Engine.State;

namespace Nua.Engine.Deploy.Values;

/// <summary>Finds the secrets that a wish means. Pure.</summary>
internal static class Rotation
{
    /// <summary>The versions an instance has once they are made anew by that operation.</summary>
    /// <exception cref="NuaException">
    /// <c>values.no-secret</c>, <c>values.several-secrets</c>, <c>values.fixed-secret</c>, <c>values.given-secret</c>, <c>values.no-secrets</c>
    /// </exception>
    public static IReadOnlyList<ValueVersion> After(
        IReadOnlyList<ValueVersion> before, RotateRequest request, IReadOnlyList<InstanceSecret> secrets, string operation)
    {
        var meant = Meant(request, secrets).Select(secret => secret.Key).ToHashSet();
        return
        [
            .. before.Where(made => !meant.Contains(new VariableKey(made.Owner, made.Name)))
                .Concat(meant.Select(key => new ValueVersion(key.Workload, key.Name, operation)))
                .OrderBy(made => made.Owner, StringComparer.Ordinal)
                .ThenBy(made => made.Name, StringComparer.Ordinal),
        ];
    }

    private static List<InstanceSecret> Meant(RotateRequest request, IReadOnlyList<InstanceSecret> secrets)
    {
        if (request.Names.Count > 0)
        {
            return [.. request.Names.Select(name => Meant(request, name, secrets))];
        }

        var all = secrets.Where(secret => secret.Rotates && (request.Workload is null || secret.Key.Workload == request.Workload)).ToList();
        return all.Count > 0 ? all : throw new NuaException(ValueProblems.NoSecrets(request.Instance));
    }

    /// <summary>The secret of that name, or the one that a variable of that name holds.</summary>
    private static InstanceSecret Meant(RotateRequest request, string name, IReadOnlyList<InstanceSecret> secrets)
    {
        var holding = secrets.Where(secret => secret.Variables.Append(secret.Key)
            .Any(key => key.Name == name && (request.Workload is null || key.Workload == request.Workload))).ToList();
        return holding switch
        {
            [] => throw new NuaException(ValueProblems.NoSecret(request.Instance, name, secrets.Select(secret => secret.Key.Name))),
            [{ Kind: SecretKind.Given }] => throw new NuaException(ValueProblems.GivenSecret(request.Instance, name)),
            [{ Kind: SecretKind.FixedCredential, Key.Workload: var workload }] => throw new NuaException(ValueProblems.FixedSecret(name, workload)),
            [var one] => one,
            _ => throw new NuaException(ValueProblems.SeveralSecrets(name, holding.Select(secret => secret.Key))),
        };
    }
}
