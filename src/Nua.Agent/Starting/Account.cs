using System.Globalization;
using System.Runtime.InteropServices;
using Nua.Core.Problems;

namespace Nua.Agent.Starting;

/// <summary>
/// A user of the image, read from its <c>/etc/passwd</c> and <c>/etc/group</c>: a static program has no name service.
/// </summary>
internal sealed record Account(string Name, uint User, uint Group, string Home, IReadOnlyList<uint> Groups)
{
    public static Account Find(string name) =>
        Find(name, ReadLines("/etc/passwd"), ReadLines("/etc/group"))
            ?? throw new NuaException(AgentProblems.NoUser(name));

    /// <summary>
    /// Finds the user as engines do: a name or a number, perhaps with a group after a colon. A number need not be in the files.
    /// </summary>
    public static Account? Find(string name, IReadOnlyList<string> passwd, IReadOnlyList<string> groups) =>
        name.Split(':') switch
        {
            [var user] => FindUser(user, passwd, groups),
            [var user, var wanted] when FindUser(user, passwd, groups) is { } account && FindGroup(wanted, groups) is { } group =>
                account with { Group = group, Groups = [group] },
            _ => null,
        };

    private static Account? FindUser(string name, IReadOnlyList<string> passwd, IReadOnlyList<string> groups)
    {
        var fields = passwd
            .Select(line => line.Split(':'))
            .FirstOrDefault(line => line.Length >= 6 && (line[0] == name || line[2] == name));
        if (fields is null)
        {
            return IsNumber(name, out var unknown) ? new Account(name, unknown, Group: 0, Home: "/", Groups: [0]) : null;
        }

        return !IsNumber(fields[2], out var user) || !IsNumber(fields[3], out var group)
            ? null
            : new Account(fields[0], user, group, fields[5], [group, .. GroupsOf(fields[0], groups).Where(id => id != group)]);
    }

    private static uint? FindGroup(string name, IReadOnlyList<string> groups)
    {
        var fields = groups.Select(line => line.Split(':')).FirstOrDefault(line => line.Length >= 3 && line[0] == name);
        return IsNumber(fields?[2] ?? name, out var group) ? group : null;
    }

    public IEnumerable<KeyValuePair<string, string>> Environment =>
        [new("HOME", Home), new("USER", Name), new("LOGNAME", Name)];

    /// <summary>Gives up root for good. Groups first: afterwards one may not change them any more.</summary>
    public void Become()
    {
        if (Libc.SetGroups((nuint)Groups.Count, [.. Groups]) != 0 || Libc.SetGroup(Group) != 0 || Libc.SetUser(User) != 0)
        {
            throw new NuaException(AgentProblems.MayNotBecome(Name, Marshal.GetLastPInvokeErrorMessage()));
        }
    }

    /// <summary>Servers such as nginx open their log by name, <c>/dev/stdout</c>, and then its owner matters.</summary>
    public void TakeOverStreams()
    {
        foreach (var descriptor in new[] { 0, 1, 2 })
        {
            // Pipes and terminals are this container's alone; /dev/null belongs to all.
            var target = new FileInfo($"/proc/self/fd/{descriptor}").LinkTarget ?? "";
            if (target.StartsWith("pipe:", StringComparison.Ordinal) || target.StartsWith("/dev/pts/", StringComparison.Ordinal))
            {
                _ = Libc.ChangeOwner(descriptor, User, Group);
            }
        }
    }

    private static IEnumerable<uint> GroupsOf(string user, IReadOnlyList<string> groups) =>
        from line in groups
        let fields = line.Split(':')
        where fields.Length >= 4 && fields[3].Split(',').Contains(user)
        let id = IsNumber(fields[2], out var number) ? number : (uint?)null
        where id is not null
        select id.Value;

    private static bool IsNumber(string text, out uint number) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static string[] ReadLines(string file) => File.Exists(file) ? File.ReadAllLines(file) : [];
}
