using System.Text;

namespace Nua.Agent.Sbom.Readers;

/// <summary>What Go, since 1.18, writes into every program: its own version, and those of all modules (debug/buildinfo).</summary>
internal static class GoBuildInfo
{
    public const string Section = ".go.buildinfo";

    private const int HeaderLength = 32;

    private const byte TextsFollow = 2;

    /// <summary>The list stands between two marks of that length.</summary>
    private const int MarkLength = 16;

    public static IEnumerable<Component> Parse(ReadOnlySpan<byte> section)
    {
        if (section.Length < HeaderLength || !section[1..].StartsWith(" Go buildinf:"u8) || section[0] != 0xFF || (section[15] & TextsFollow) == 0)
        {
            return [];
        }

        var rest = section[HeaderLength..];
        var version = Encoding.UTF8.GetString(NextText(ref rest));
        var list = NextText(ref rest);
        var modules = list.Length > 2 * MarkLength ? Encoding.UTF8.GetString(list[MarkLength..^MarkLength]) : "";
        return [Library(version), .. ModulesIn(modules)];
    }

    /// <summary>The standard library is part of every program, and of the version of the compiler.</summary>
    private static Component Library(string version)
    {
        var number = version.Split(' ')[0];
        number = number.StartsWith("go", StringComparison.Ordinal) ? number[2..] : number;
        return new Component("stdlib", number, PackageUrl.Of("golang", "", "stdlib", number));
    }

    private static List<Component> ModulesIn(string list)
    {
        var found = new List<Component>();
        foreach (var line in list.Split('\n').Select(line => line.Split('\t')))
        {
            switch (line)
            {
                case ["dep", var path, var version, ..]:
                    found.Add(Module(path, version));
                    break;
                case ["=>", var path, var version, ..] when found.Count > 0:
                    // What stands before it was replaced.
                    found[^1] = Module(path, version);
                    break;
            }
        }

        return found;
    }

    private static Component Module(string path, string version)
    {
        var slash = path.LastIndexOf('/');
        var (space, name) = slash < 0 ? ("", path) : (path[..slash], path[(slash + 1)..]);
        return new Component(path, version, PackageUrl.Of("golang", space.ToLowerInvariant(), name.ToLowerInvariant(), version));
    }

    /// <summary>Its length in as many bytes as it takes, seven bits in each, then its bytes.</summary>
    private static ReadOnlySpan<byte> NextText(ref ReadOnlySpan<byte> rest)
    {
        var (length, shift, at) = (0L, 0, 0);
        while (true)
        {
            if (at >= rest.Length || shift > 28)
            {
                throw new InvalidDataException();
            }

            var part = rest[at++];
            length |= (long)(part & 0x7F) << shift;
            shift += 7;
            if ((part & 0x80) == 0)
            {
                break;
            }
        }

        if (length > rest.Length - at)
        {
            throw new InvalidDataException();
        }

        var text = rest.Slice(at, (int)length);
        rest = rest[(at + (int)length)..];
        return text;
    }
}
