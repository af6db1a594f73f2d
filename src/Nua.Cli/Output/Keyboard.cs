namespace Nua.Cli.Output;

/// <summary>What somebody types at this process's terminal.</summary>
internal static class Keyboard
{
    /// <summary>Reads a line and shows none of it.</summary>
    public static string ReadHidden(TextWriter screen)
    {
        var line = new List<char>();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key is ConsoleKey.Backspace && line.Count > 0)
            {
                line.RemoveAt(line.Count - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                line.Add(key.KeyChar);
            }
        }

        screen.WriteLine();
        return string.Concat(line);
    }
}
