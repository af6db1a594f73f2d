using Nua.Core.Problems;
using Nua.Engine.Providers;
using Nua.Engine.Runtimes;
using Nua.Engine.State;

namespace Nua.Engine.Deploy;

/// <summary>Gives servers other passwords while they run, and lays the same where their programs find them at their next start.</summary>
internal sealed class Credentials(EngineSeams seams)
{
    private readonly ServerTalk _talk = new(seams);
    private readonly WorkloadLauncher _launcher = new(seams.Runtime, seams.Vault, seams.Names, new HostFolders(seams.OwnFolders));

    /// <summary>Changes them in the server first: if it is started again in between, its data decides and not what it is told.</summary>
    /// <exception cref="NuaException"><c>deploy.password-not-changed</c></exception>
    public async Task ChangeAsync(Renewal renewal, Deployment serving, Deployment next, CancellationToken cancellation)
    {
        await _launcher.StartAsync(serving, renewal.Old, cancellation);
        await TellAsync(renewal, renewal.Module.Accept(await ChangeOfAsync(renewal, serving, next, cancellation)), cancellation);
        await _launcher.RenewSecretsAsync(next, renewal.New, cancellation);
    }

    /// <summary>The way back, from wherever it had come to.</summary>
    public async Task ChangeBackAsync(Renewal renewal, Deployment serving, Deployment next)
    {
        var change = (await ChangeOfAsync(renewal, serving, next, CancellationToken.None)).Back;
        await _launcher.RenewSecretsAsync(serving, renewal.Old, CancellationToken.None);
        await _launcher.StartAsync(serving, renewal.Old, CancellationToken.None);
        await TellAsync(renewal, renewal.Module.Accept(change), CancellationToken.None);
        if (renewal.TakesBoth)
        {
            await TellAsync(renewal, renewal.Module.Retire(change), CancellationToken.None);
        }
    }

    /// <summary>From now on only the new ones are good.</summary>
    public async Task RetireAsync(Renewal renewal, Deployment serving, Deployment next) => await TellAsync(
        renewal, renewal.Module.Retire(await ChangeOfAsync(renewal, serving, next, CancellationToken.None)), CancellationToken.None);

    private async Task<CredentialChange> ChangeOfAsync(
        Renewal renewal, Deployment serving, Deployment next, CancellationToken cancellation) => new(
        await _launcher.EnvironmentAsync(serving, renewal.Old, cancellation),
        await _launcher.EnvironmentAsync(next, renewal.New, cancellation));

    private async Task TellAsync(Renewal renewal, ExecCommand command, CancellationToken cancellation)
    {
        if (await _talk.WhyNotDoneAsync(new WorkloadId(renewal.New.Name), command, cancellation) is { } why)
        {
            throw new NuaException(DeployProblems.PasswordNotChanged(renewal.New.Role, why));
        }
    }
}
