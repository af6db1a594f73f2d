using Nua.Engine.Images;

namespace Nua.Drivers.Images.Distro;

/// <summary>Where npm's packages are fetched for a build; the registry's address is lent as a file, as it may hold a password.</summary>
internal sealed class NpmRegistryFile : IDisposable
{
    private readonly DirectoryInfo? _folder;

    private NpmRegistryFile(NpmOrigin origin, DirectoryInfo? folder) => (Origin, _folder) = (origin, folder);

    public NpmOrigin Origin { get; }

    private string File => Path.Combine(_folder!.FullName, NpmStage.Secret);

    /// <summary>What the operator set; else what this machine's npm knows; else the distribution's npm is asked.</summary>
    public static async Task<NpmRegistryFile> OfAsync(ImageRecipe recipe, DistroSettings settings, CancellationToken cancellation)
    {
        if (recipe.NpmPackages.Count == 0 || settings.Packages.Npm is { IsFolder: true })
        {
            return new NpmRegistryFile(NpmOrigin.Folder, folder: null);
        }

        var address = settings.Packages.Npm?.Reveal() ?? await NpmStage.RegistryOfMachineAsync(cancellation);
        return address is null
            ? new NpmRegistryFile(NpmOrigin.Distribution, folder: null)
            : Write(address, ScratchFolder.Create(settings.Scratch, "nua-npm-"));
    }

    public IReadOnlyDictionary<string, string> AddTo(IReadOnlyDictionary<string, string> secrets) =>
        _folder is null ? secrets : new Dictionary<string, string>(secrets) { [NpmStage.Secret] = File };

    public void Dispose() => _folder?.Delete(recursive: true);

    private static NpmRegistryFile Write(string address, DirectoryInfo folder)
    {
        var file = new NpmRegistryFile(NpmOrigin.Registry, folder);
        PrivateFile.Write(file.File, address.TrimEnd('/'));
        return file;
    }
}
