using System.Text;

namespace Nua.Agent;

/// <summary>
/// What the agent says, straight to the file descriptors: <see cref="Console"/> would install terminal and signal
/// handling that a first process must own itself.
/// </summary>
internal static class Say
{
    public const string Usage =
        """
        nua-agent: the first process of an image that Nua built
          start [--user NAME] [--workdir DIR] [--] [PROGRAM ARGUMENT...]
                   runs the program, or what /nua/metadata/start.json says; passes signals on and ends with its exit code
          do NAME WORD...
                   one of the actions that packagers' scripts use; 'do --help' lists them
          check    exit code 0 when the server is running, 1 when it is not (yet)
          sbom [start's OPTIONS and PROGRAM ARGUMENT...]
                   writes down what the image consists of, to /nua/metadata/sbom.cdx.json; then runs the program, if any
        """;

    public static string Version => $"nua-agent {VersionNumber}";

    public static string VersionNumber => $"{typeof(Say).Assembly.GetName().Version?.ToString(fieldCount: 3)}";

    public static int Answer(string text)
    {
        Write(descriptor: 1, text);
        return 0;
    }

    public static int Trouble(string text, int exitCode)
    {
        Write(descriptor: 2, $"nua: {text}");
        return exitCode;
    }

    private static unsafe void Write(int descriptor, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text + "\n");
        fixed (byte* start = bytes)
        {
            // A closed or full standard error must not end the app.
            _ = Libc.Write(descriptor, start, (nuint)bytes.Length);
        }
    }
}
