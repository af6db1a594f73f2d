using Nua.Core.Names;
using Nua.Engine.State;

namespace Nua.Engine.Deploy;

/// <summary>A wish to have an image running as an instance.</summary>
/// <param name="Image">The app's image: <c>nua-guestbook:1.0</c>, or <c>guestbook</c> for its newest.</param>
/// <param name="Instance">What to call it.</param>
/// <param name="Domain">Where it is to answer; <see langword="null"/>: where it does, or a name made from the instance's.</param>
/// <param name="Site">The operator's entry in a sites file, when there is one.</param>
public sealed record DeployRequest(string Image, InstanceName Instance, string? Domain = null, SiteSource? Site = null)
{
    /// <summary>Whether an instance of another app may become one of this, and its data go once this one serves.</summary>
    public bool Replace { get; init; }

    /// <summary>The override for data of which no recovery point was verified.</summary>
    public bool AcceptDataLoss { get; init; }

    // What was journaled before there was such a thing is read as null.
    /// <summary>Providers that are to live in shared servers, by their names; what is not said stays as it is.</summary>
    public IReadOnlyList<string> Share { get; init => field = value ?? []; } = [];

    /// <summary>Whether no other folders of the host may be mounted than are so already: more is an administrator's to give.</summary>
    public bool NoNewHostFolders { get; init; }
}

/// <summary>One site of a sites file, as text, so that it can be journaled as it was given.</summary>
/// <param name="File">The name of the file, for messages.</param>
/// <param name="Text">All of it.</param>
/// <param name="Index">Which of its sites, from 0.</param>
public sealed record SiteSource(string File, string Text, int Index);

/// <summary>What a deploy came to.</summary>
/// <param name="Instance">The instance.</param>
/// <param name="Number">The deployment that serves now.</param>
/// <param name="Image">What it runs.</param>
/// <param name="Url">Where it answers; <see langword="null"/> when it has no web face.</param>
/// <param name="Changed">False when all was so already.</param>
/// <param name="Tests">The steps of its protocol that passed through the gateway.</param>
public sealed record DeployResult(
    InstanceName Instance, int Number, string Image, string? Url, bool Changed, IReadOnlyList<Protocol.TestOutcome> Tests)
{
    /// <summary>All was so already, and nobody asked for a proof.</summary>
    internal static DeployResult Unchanged(Deployment serving, int httpsPort) =>
        Of(serving, httpsPort, changed: false, []);

    /// <summary>What came of it.</summary>
    internal static DeployResult Of(Deployment deployment, int httpsPort, bool changed, IReadOnlyList<Protocol.TestOutcome> tests) => new(
        deployment.Instance, deployment.Number, deployment.App.Image, deployment.AddressAt(httpsPort)?.ToString(), changed, tests);
}
