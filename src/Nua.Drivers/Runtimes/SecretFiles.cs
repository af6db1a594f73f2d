using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Nua.Core;
using Nua.Core.Problems;
using Nua.Engine.Runtimes;

namespace Nua.Drivers.Runtimes;

/// <summary>
/// The secrets of workloads as files in memory: one folder a workload, to be mounted where <see cref="WorkloadSpec.SecretsFile"/>
/// is expected. They are gone after a reboot, and written again when the workload is started.
/// </summary>
/// <param name="folder">Where to keep them; when it is not in memory, a folder that is takes its place.</param>
internal sealed partial class SecretFiles(string folder)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const string Memory = "/dev/shm";

    private readonly string _root = IsInMemory(folder) ? folder : Path.Combine(Memory, $"nua-{ShortHash(folder)}");

    /// <summary>The folder with the workload's secrets; <see langword="null"/>: it has none.</summary>
    public string? Write(WorkloadSpec spec)
    {
        if (spec.Secrets.Count == 0)
        {
            return null;
        }

        var own = FolderOf(spec.Id);
        MakeOwn(_root);
        MakeOwn(own);

        var draft = Path.Combine(own, ".draft");
        File.Delete(draft);
        using (var file = new FileStream(draft, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead,
        }))
        {
            file.Write(ToJson(spec.Secrets));
        }

        File.Move(draft, FileOf(spec.Id), overwrite: true);
        return own;
    }

    /// <summary>Whether the workload was given other secrets than the spec's. After a reboot nobody can tell, and it was not.</summary>
    public bool Differ(WorkloadSpec spec) =>
        spec.Secrets.Count > 0
        && File.Exists(FileOf(spec.Id))
        && !File.ReadAllBytes(FileOf(spec.Id)).AsSpan().SequenceEqual(ToJson(spec.Secrets));

    public void Remove(WorkloadId id)
    {
        var own = FolderOf(id);
        if (Directory.Exists(own))
        {
            Directory.Delete(own, recursive: true);
        }
    }

    private string FolderOf(WorkloadId id) => Path.Combine(_root, id.Value);

    private string FileOf(WorkloadId id) => Path.Combine(FolderOf(id), Path.GetFileName(WorkloadSpec.SecretsFile));

    private static byte[] ToJson(IReadOnlyDictionary<string, Secret> secrets)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            foreach (var (name, secret) in secrets.OrderBy(secret => secret.Key, StringComparer.Ordinal))
            {
                json.WriteString(name, secret.Reveal());
            }

            json.WriteEndObject();
        }

        return text.ToArray();
    }

    /// <summary>In /dev/shm anybody may have made the folder first; then it is theirs to read.</summary>
    private static void MakeOwn(string folder)
    {
        Directory.CreateDirectory(folder, OwnerOnly);
        if (OwnerOf(folder) != GetEffectiveUser())
        {
            throw new NuaException(RuntimeProblems.UnsafeSecretsFolder(folder));
        }

        File.SetUnixFileMode(folder, OwnerOnly);
    }

    private static bool IsInMemory(string folder)
    {
        var existing = folder;
        while (!Directory.Exists(existing))
        {
            existing = Path.GetDirectoryName(existing)!;
        }

        return new DriveInfo(existing).DriveFormat is "tmpfs" or "ramfs";
    }

    private static string ShortHash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));

    /// <summary>Whose the folder is; nobody's when it is a link.</summary>
    private static uint? OwnerOf(string folder)
    {
        const int CurrentFolder = -100;
        const int NoFollow = 0x100;
        const uint TypeAndOwner = 0x1 | 0x8;
        const int OwnerAt = 20;
        const int ModeAt = 28;
        const int TypeMask = 0xF000;
        const int IsDirectory = 0x4000;

        // struct statx has this layout on every architecture, which struct stat has not.
        Span<byte> answer = stackalloc byte[256];
        return Statx(CurrentFolder, folder, NoFollow, TypeAndOwner, answer) == 0
            && (BitConverter.ToUInt16(answer[ModeAt..]) & TypeMask) == IsDirectory
                ? BitConverter.ToUInt32(answer[OwnerAt..])
                : null;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Statx(int folder, string path, int flags, uint mask, Span<byte> answer);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint GetEffectiveUser();
}
