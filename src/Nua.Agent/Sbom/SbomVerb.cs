namespace Nua.Agent.Sbom;

/// <summary>
/// <c>nua-agent sbom</c>: lists what the image around it consists of. Run once, when the image is built; it needs nothing of the
/// image, not even a shell.
/// </summary>
internal static class SbomVerb
{
    /// <summary>Where the image keeps it.</summary>
    public const string File = "/nua/metadata/sbom.cdx.json";

    private const UnixFileMode ForEverybody =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    public static int Run()
    {
        var bill = Bill.Of("/", BillLimits.Usual);
        using (var output = System.IO.File.Create(File))
        {
            CycloneDx.Write(bill, output);
        }

        System.IO.File.SetUnixFileMode(File, ForEverybody);
        // Equal files make equal layers.
        System.IO.File.SetLastWriteTimeUtc(File, DateTime.UnixEpoch);
        foreach (var path in bill.Unread)
        {
            Say.Trouble($"{path} does not say what is installed: it cannot be read.", exitCode: 0);
        }

        return Say.Answer(
            $"{bill.Components.Count} components are in {File}" + (bill.IsComplete ? "" : "; there are more, which is too much to list"));
    }
}
