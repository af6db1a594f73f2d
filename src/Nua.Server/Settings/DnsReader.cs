using System.Text.RegularExpressions;
using Nua.Api;
using Nua.Core.Packages.Reading;

namespace Nua.Server.Settings;

/// <summary>Reads <c>[certificates.dns]</c>: how records are published that show whose a name is.</summary>
internal static partial class DnsReader
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan UsualWait = TimeSpan.FromMinutes(2);

    public static DnsEntry Read(Section dns)
    {
        var (update, program) = (ReadUpdate(dns), ReadProgram(dns));
        if (dns.Holds("server") == dns.Holds("program"))
        {
            dns.Source.Error(SettingsProblems.OneWayForDns(dns.PathOf("server"), dns.PathOf("program")), dns.At);
        }

        return new DnsEntry(update, program, (int)(dns.Duration("seen-within", ShortestWait) ?? UsualWait).TotalSeconds);
    }

    private static DnsUpdateEntry? ReadUpdate(Section dns)
    {
        var (server, zone, key) = (dns.FilledText("server"), dns.FilledText("zone"), CertificatesReader.ReadFile(dns, "key-file"));
        CheckName(dns, "server", server);
        CheckName(dns, "zone", zone);
        if (server is not null != dns.Holds("key-file"))
        {
            dns.Source.Error(SettingsProblems.HalfUpdate(dns.PathOf("server"), dns.PathOf("key-file")), dns.At);
        }

        if (key is not null && !TsigKey.IsMatch(key))
        {
            dns.Source.Error(SettingsProblems.BadDnsKey(dns.PathOf("key-file")), dns.PlaceOf("key-file"));
        }

        return server is null || key is null ? null : new DnsUpdateEntry(server, key) { Zone = zone };
    }

    // They become words of what a program reads.
    private static void CheckName(Section dns, string key, string? name)
    {
        if (name is not null && !ServerName.IsMatch(name))
        {
            dns.Source.Error(SettingsProblems.NotLike(dns.PathOf(key), name, "ns1.example.org, 192.0.2.53:53"), dns.PlaceOf(key));
        }
    }

    private static DnsProgramEntry? ReadProgram(Section dns)
    {
        var command = dns.OneOrMore("program");
        var environment = CertificatesReader.ReadFile(dns, "environment-file") ?? "";
        return command.Count == 0 ? null : new DnsProgramEntry(command, VariablesIn(dns, environment));
    }

    /// <summary>A line for each variable, as <c>NAME=value</c>; what begins with <c>#</c> is for people.</summary>
    private static Dictionary<string, string> VariablesIn(Section dns, string text)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#'))
        {
            if (line.Split('=', 2) is [{ Length: > 0 } name, var value])
            {
                variables[name] = value;
            }
            else
            {
                dns.Source.Error(SettingsProblems.BadEnvironmentFile(dns.PathOf("environment-file")), dns.PlaceOf("environment-file"));
            }
        }

        return variables;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9.:\[\]_-]+\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ServerName { get; }

    [GeneratedRegex(@"\bkey\s+""?[^\s""{]+""?\s*\{[^}]*\bsecret\b[^}]*\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TsigKey { get; }
}
