using Nua.Core.Packages.Reading;
using Nua.Core.Problems;

namespace Nua.Core.Sites;

/// <summary>What can be wrong with a sites file beyond what can be wrong with a package.</summary>
internal static class SitesProblems
{
    public static Problem NoSites() => Invalid(
        "sites.none",
        "The file names no site.",
        "Add a [[site]] with 'image' and 'domain'.");

    public static Problem BadDomain(string path, string found) => Invalid(
        "sites.bad-domain",
        $"'{path}' is \"{found}\", which is not a host name.",
        "Write a name such as \"notes.example.org\", with a path after it if several sites share the host.");

    public static Problem BadLabel(string path, string found) => Invalid(
        "sites.bad-label",
        $"'{path}' is \"{found}\", of which no letter and no digit remains.",
        "Use letters, digits, dots, hyphens and underscores.");

    public static Problem LabelTaken(string path, string name) => Invalid(
        "sites.label-taken",
        $"'{path}' makes this site '{name}', as another one before it.",
        "Give each site a 'label' of its own.");

    public static Problem AddressTaken(string path, string address) => Invalid(
        "sites.address-taken",
        $"'{path}' is {address}, where another site before it answers.",
        "Give each site a host of its own, or all sites of a host different paths.");

    public static Problem HostShared(string path, string host) => Invalid(
        "sites.host-shared",
        $"'{path}' shares {host} with another site, but one of them takes the whole host.",
        "Give all sites of a host different paths.");

    public static Problem SettledByTheImage(string path) => Invalid(
        "sites.settled-by-the-image",
        $"'{path}' does not count: a site cannot say otherwise what a provider of its image is.",
        "Remove it, or change it in the nua-config and build the image again.");

    public static Problem UnknownProvider(string name, IReadOnlyCollection<string> known) => Invalid(
        "sites.unknown-provider",
        $"The image has no provider '{name}'.",
        known.Count == 0 ? "It has none: remove the [[site.provider]]." : $"It has {string.Join(", ", known)}.");

    public static Problem UnknownPort(string name) => Invalid(
        "sites.unknown-port",
        $"The image has no port '{name}', and the site does not say which port of the container it is.",
        $"Add 'container = …' to [site.port.{name}].");

    private static Problem Invalid(string code, string message, string hint) => new(ProblemKind.Invalid, code, Excerpt.Of(message), Excerpt.Of(hint));
}
