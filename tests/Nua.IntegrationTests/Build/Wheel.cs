using System.IO.Compression;

namespace Nua.IntegrationTests.Build;

/// <summary>Makes a wheel of one Python module, as its specification says, because tests fetch none.</summary>
internal static class Wheel
{
    public static void Write(string folder, string module, string text)
    {
        Directory.CreateDirectory(folder);
        using var wheel = ZipFile.Open(Path.Combine(folder, $"{module}-1.0-py3-none-any.whl"), ZipArchiveMode.Create);
        Add($"{module}.py", text);
        Add($"{module}-1.0.dist-info/METADATA", $"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0\n");
        Add($"{module}-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nGenerator: nua\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
        Add($"{module}-1.0.dist-info/RECORD", "");

        void Add(string path, string content)
        {
            using var writer = new StreamWriter(wheel.CreateEntry(path).Open());
            writer.Write(content);
        }
    }
}
