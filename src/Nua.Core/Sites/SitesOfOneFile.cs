using Nua.Core.Packages.Reading;

namespace Nua.Core.Sites;

/// <summary>Sees to it that no two sites of a file have the same name, and that each answers where no other does.</summary>
internal sealed class SitesOfOneFile
{
    private readonly HashSet<string> _names = [];
    private readonly Dictionary<string, HashSet<string>> _pathsByHost = [];

    public void Add(Section site, SiteLabel label, SiteAddress address)
    {
        if (!_names.Add(label.Instance.ToString()))
        {
            site.Source.Error(SitesProblems.LabelTaken(site.PathOf("label"), label.Instance.ToString()), site.PlaceOf("label"));
        }

        if (!_pathsByHost.TryGetValue(address.Host, out var paths))
        {
            _pathsByHost[address.Host] = [address.Path];
        }
        else if (!paths.Add(address.Path))
        {
            site.Source.Error(SitesProblems.AddressTaken(site.PathOf("domain"), address.ToString()), site.PlaceOf("domain"));
        }
        else if (paths.Contains(""))
        {
            site.Source.Error(SitesProblems.HostShared(site.PathOf("domain"), address.Host), site.PlaceOf("domain"));
        }
    }
}
