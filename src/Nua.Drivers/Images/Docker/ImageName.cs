namespace Nua.Drivers.Images.Docker;

/// <summary>
/// Takes an image's name apart: <c>host:5000/team/app:1.2</c> is a repository and a tag, <c>redis@sha256:…</c> a repository and
/// a digest, which engines take in a tag's place.
/// </summary>
internal static class ImageName
{
    public static (string Repository, string Tag) Split(string name)
    {
        if (name.Split('@') is [var named, var digest])
        {
            // A tag beside a digest says nothing more.
            return (Split(named).Repository, digest);
        }

        // A colon before the last slash belongs to a registry's port.
        var colon = name.LastIndexOf(':');
        return colon > name.LastIndexOf('/') ? (name[..colon], name[(colon + 1)..]) : (name, "latest");
    }
}
