using Nua.Api;
using Nua.Core.Names;
using Nua.Core.Problems;
using Nua.Engine.Deploy;

namespace Nua.Server.Endpoints;

/// <summary>Makes a request of what a caller sent.</summary>
internal static class DeployBodies
{
    public static DeployRequest RequestOf(DeployBody body)
    {
        var image = body.Image ?? throw new NuaException(ServerProblems.BadRequest("it names no image"));
        var site = body.Site is { } sent ? new SiteSource(sent.File, sent.Text, sent.Index) : null;
        return new DeployRequest(image, InstanceName.Parse(body.Instance ?? AppOf(image)), body.Domain, site);
    }

    /// <summary><c>nua-guestbook:1.0</c> is an image of <c>guestbook</c>.</summary>
    private static string AppOf(string image)
    {
        var name = image.Split(':')[0];
        return name.StartsWith("nua-", StringComparison.Ordinal) ? name["nua-".Length..] : name;
    }
}
