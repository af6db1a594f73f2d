using Nua.Core.Names;
using Nua.Core.Problems;
using Nua.Engine.Access;
using Nua.Engine.State;

namespace Nua.Server.Doors;

/// <summary>
/// Tells what belongs to somebody who is limited to instances: these, and the images of the apps that they are copies of or are
/// called after.
/// </summary>
internal sealed class Belongings(IJournal journal)
{
    private const string ImagePrefix = "nua-";

    /// <summary>Refuses what is not the caller's.</summary>
    /// <param name="who">Who asks.</param>
    /// <param name="subject">An instance, or the name of an image that is to be built.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="NuaException"><c>access.other-instance</c></exception>
    public async Task RequireAsync(Principal who, string subject, CancellationToken cancellation)
    {
        if (!await IncludeAsync(who, subject, cancellation))
        {
            throw new NuaException(AccessProblems.OtherInstance(subject));
        }
    }

    /// <summary>Whether the subject of an operation is theirs.</summary>
    public async Task<bool> IncludeAsync(Principal who, string subject, CancellationToken cancellation)
    {
        // Jobs and commands of an instance are called after it: NAME/cron-x.
        if (who.MayAt(subject.Split('/')[0]))
        {
            return true;
        }

        // No instance has a colon in its name.
        return subject.Split(':') is [var image, _]
            && image.StartsWith(ImagePrefix, StringComparison.Ordinal)
            && await HasAppAsync(who, image[ImagePrefix.Length..], cancellation);
    }

    private async Task<bool> HasAppAsync(Principal who, string app, CancellationToken cancellation)
    {
        foreach (var instance in who.Instances)
        {
            if (instance == app || (await journal.FindAsync(InstanceName.Parse(instance), cancellation))?.AppId == app)
            {
                return true;
            }
        }

        return false;
    }
}
