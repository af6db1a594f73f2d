namespace Nua.Engine.Images;

/// <summary>The images that packages are built on. Pure: what they are, not how they are had.</summary>
public static class Recipes
{
    /// <summary>The version of <see cref="Base"/> that stands for the distribution of this machine.</summary>
    public const string HostSuite = "host";

    /// <summary>Name of the recipe that needs no distribution: folders, accounts, certificate authorities.</summary>
    public const string StaticName = "static";

    /// <summary>Name of the recipe of the distribution itself.</summary>
    public const string BaseName = "base";

    /// <summary>The smallest system in which packages of the distribution can be installed.</summary>
    /// <param name="suite">Such as <c>bookworm</c>.</param>
    public static ImageRecipe Base(string suite = HostSuite) => new()
    {
        Name = BaseName,
        Version = suite,
    };

    /// <summary>What a static binary needs, and nothing else: no shell, no package manager.</summary>
    public static ImageRecipe Static { get; } = new()
    {
        Name = StaticName,
        Version = "1",
        Files = new Dictionary<string, string>
        {
            ["/etc/passwd"] = "root:x:0:0:root:/root:/sbin/nologin\nnobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin\n",
            ["/etc/group"] = "root:x:0:\nnogroup:x:65534:\n",
            ["/etc/nsswitch.conf"] = "hosts: files dns\n",
        },
    };

    /// <summary>Where an image of <see cref="PipOf"/> has pip.</summary>
    public const string PipFolder = "/opt/pip";

    /// <summary>The distribution's Python 3, also called <c>python</c>.</summary>
    public static ImageRecipe Python { get; } = new()
    {
        Name = "python",
        Version = "3",
        Packages = ["ca-certificates", "python-is-python3", "python3"],
    };

    /// <summary>Which Python there is to ask for, in a clause.</summary>
    public const string PythonVersions = "3, which is the distribution's own";

    /// <summary>The same, where that is the version asked for; else it cannot be made.</summary>
    /// <param name="version">Such as <c>3.11</c>.</param>
    public static ImageRecipe PythonOf(string version) => Python with
    {
        Version = version,
        OtherVersions = [PythonVersions],
        SetUp = [$"python3 -c 'import sys; own = \"%d.%d\" % sys.version_info[:2]; own == \"{version}\" or sys.exit(\"The distribution has Python \" + own + \", and no {version}.\")'"],
    };

    /// <summary>A pip of its own environment, which build stages borrow: no finished image has it.</summary>
    /// <param name="python">The Python it is of.</param>
    public static ImageRecipe PipOf(ImageRecipe python) => python with
    {
        Name = "python-pip",
        Packages = [.. python.Packages, "python3-venv"],
        SetUp = [.. python.SetUp, $"python3 -m venv {PipFolder}"],
    };

    /// <summary>A web server for files.</summary>
    public static ImageRecipe Web { get; } = new()
    {
        Name = "web",
        Version = "1",
        Packages = ["nginx-light"],
        // It runs as an ordinary user, and keeps what is under way there.
        SetUp = ["chmod 1777 /var/lib/nginx"],
    };
}
