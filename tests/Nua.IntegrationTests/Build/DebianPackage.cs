using System.Diagnostics;
using System.Security.Cryptography;

namespace Nua.IntegrationTests.Build;

/// <summary>Makes a package of the distribution with nothing in it, and the list that a folder of packages has.</summary>
internal static class DebianPackage
{
    public static async Task WriteAsync(string folder, string name)
    {
        var about = $"Package: {name}\nVersion: 1.0\nArchitecture: all\nMaintainer: The Nua developers\nDescription: nothing\n";
        var content = Directory.CreateTempSubdirectory("nua-test-");
        await File.WriteAllTextAsync(Path.Combine(content.CreateSubdirectory("DEBIAN").FullName, "control"), about);
        var file = Path.Combine(folder, $"{name}.deb");
        using (var build = Process.Start(new ProcessStartInfo("dpkg-deb", ["--build", content.FullName, file]) { UseShellExecute = false, RedirectStandardOutput = true })!)
        {
            await build.WaitForExitAsync();
        }

        content.Delete(recursive: true);
        var package = await File.ReadAllBytesAsync(file);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "Packages"),
            $"{about}Filename: ./{name}.deb\nSize: {package.Length}\nSHA256: {Convert.ToHexStringLower(SHA256.HashData(package))}\n");
    }
}
