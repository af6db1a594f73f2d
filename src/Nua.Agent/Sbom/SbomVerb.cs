using Nua.Agent.Starting;

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

    /// <param name="then">What to start afterwards, in the words of <c>nua-agent start</c>; empty: nothing.</param>
    public static int Run(IReadOnlyList<string> then)
    {
        var exitCode = Write();
        return then.Count == 0 || exitCode != 0 ? exitCode : StartVerb.Run(then);
    }

    private static int Write()
    {
        var bill = Bill.Of("/", BillLimits.Usual);
        using (var output = System.IO.File.Create(File))
        {
            CycloneDx.Write(bill, output);
        }

        System.IO.File.SetUnixFileMode(File, ForEverybody);
        foreach (var path in bill.Unread)
        {
            Say.Trouble($"{path} does not say what is installed: it cannot be read.", exitCode: 0);
        }

        return Say.Answer(
            $"{bill.Components.Count} components are in {File}" + (bill.IsComplete ? "" : "; there are more, which is too much to list"));
    }
}
