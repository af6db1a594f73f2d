using System.Text;

namespace Nua.Cli.Output;

/// <summary>Reads what is typed without showing it.</summary>
internal static class HiddenLine
{
    public static string Read()
    {
        var typed = new StringBuilder();
        for (ConsoleKeyInfo key; (key = Console.ReadKey(intercept: true)).Key is not ConsoleKey.Enter;)
        {
            if (key.Key is ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                typed.Append(key.KeyChar);
            }
        }

        return typed.ToString();
    }
}
