using System.CommandLine;

namespace Nua.Cli.Commands;

/// <summary>What is said of a deploy beside its target; its plan is asked the same.</summary>
internal sealed class DeployOptions
{
    private readonly Argument<string> _target = new("target")
    {
        Description = "A folder with a nua-config, a sites file, or an image; without it, this folder.",
        DefaultValueFactory = _ => ".",
    };

    private readonly Option<string?> _name = new("--as")
    {
        Description = "What to call the instance (default: as the app is called).",
        HelpName = "INSTANCE",
    };

    private readonly Option<string?> _domain = new("--domain")
    {
        Description = "Where it is to answer, such as wiki.example.org.",
        HelpName = "DOMAIN",
    };

    private readonly Option<string[]> _share = new("--share")
    {
        Description = "A provider that is to live in a server shared with other instances; may be given several times.",
        HelpName = "PROVIDER",
    };

    private readonly Option<bool> _replace = new("--replace")
    {
        Description = "Take the place of another app of that name; its data goes once this one serves.",
    };

    private readonly Option<bool> _accept = new("--accept-data-loss")
    {
        Description = "Although no verified recovery point holds the data that goes; this is logged.",
    };

    public void AddTo(Command command)
    {
        command.Add(_target);
        command.Add(_name);
        command.Add(_domain);
        command.Add(_share);
        command.Add(_replace);
        command.Add(_accept);
    }

    public DeployWish Of(ParseResult line) => new(
        line.GetRequiredValue(_target), line.GetValue(_name), line.GetValue(_domain), line.GetValue(_replace), line.GetValue(_accept))
    {
        Share = line.GetValue(_share) is [_, ..] share ? share : null,
    };
}

/// <param name="Target">As it was typed.</param>
/// <param name="Instance">What to call it.</param>
/// <param name="Domain">Where it is to answer.</param>
/// <param name="Replace">Whether it may take the place of another app.</param>
/// <param name="AcceptDataLoss">The override for data that goes.</param>
internal sealed record DeployWish(string Target, string? Instance, string? Domain, bool Replace, bool AcceptDataLoss)
{
    /// <summary>Providers that are to live in shared servers.</summary>
    public IReadOnlyList<string>? Share { get; init; }
}
