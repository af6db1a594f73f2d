using System.Text;
using System.Text.Json;

namespace Nua.Agent.Sbom;

/// <summary>A file of the image.</summary>
/// <param name="root">The folder that is the image's root.</param>
/// <param name="path">Where it is in the image: <c>/var/lib/dpkg/status</c>.</param>
internal sealed class ImageFile(string root, string path)
{
    /// <summary>No list of packages is longer.</summary>
    private const long LongestText = 64 << 20;

    private long? _length;

    public string Path => path;

    public ReadOnlySpan<char> Name => System.IO.Path.GetFileName(path.AsSpan());

    /// <summary>Its size; what is no file that holds anything, such as a pipe, has none.</summary>
    public long Length => _length ??= new FileInfo(On(path)).Length;

    /// <summary>Another file of the same image.</summary>
    public ImageFile Other(string other) => new(root, other);

    public bool Exists => File.Exists(On(path));

    public bool IsIn(string folder) => System.IO.Path.GetDirectoryName(path.AsSpan()).EndsWith(folder, StringComparison.Ordinal);

    public FileStream Open() => Length > 0 ? File.OpenRead(On(path)) : throw new InvalidDataException();

    public string ReadText() => Encoding.UTF8.GetString(ReadBytes());

    public JsonDocument ReadJson() => JsonDocument.Parse(ReadBytes().AsMemory(), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });

    private byte[] ReadBytes() => Length is > 0 and <= LongestText ? File.ReadAllBytes(On(path)) : throw new InvalidDataException();

    private string On(string place) => System.IO.Path.Join(root, place);
}
