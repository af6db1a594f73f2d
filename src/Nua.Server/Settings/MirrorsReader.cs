using Nua.Core.Packages.Reading;
using Nua.Engine.Images.Mirrors;

namespace Nua.Server.Settings;

/// <summary>Reads <c>[mirrors]</c>: where builds get packages.</summary>
internal static class MirrorsReader
{
    /// <summary>A server that is named comes before what the folder has.</summary>
    public static PackageMirrors Read(Section mirrors)
    {
        var folder = mirrors.Text("folder");
        if (folder is not null && !Directory.Exists(folder))
        {
            mirrors.Source.Error(SettingsProblems.NoFolder(mirrors.PathOf("folder"), folder), mirrors.PlaceOf("folder"));
        }

        return new PackageMirrors
        {
            Folder = folder,
            Apt = MirrorOf("apt"),
            Pip = MirrorOf("pip"),
            Npm = MirrorOf("npm"),
            Gem = MirrorOf("gem"),
            Go = MirrorOf("go"),
            Cargo = MirrorOf("cargo"),
            Maven = MirrorOf("maven"),
            Nuget = MirrorOf("nuget"),
            Composer = MirrorOf("composer"),
        };

        PackageMirror? MirrorOf(string tool) => Server(mirrors, tool) ?? PackageMirror.InFolder(folder, tool);
    }

    // The text itself may hold a password, so it is not repeated.
    private static PackageMirror? Server(Section mirrors, string tool)
    {
        if (mirrors.Text(tool) is not { } text)
        {
            return null;
        }

        if (PackageMirror.Parse(text) is { } server)
        {
            return server;
        }

        mirrors.Source.Error(SettingsProblems.BadMirror(mirrors.PathOf(tool)), mirrors.PlaceOf(tool));
        return null;
    }
}
