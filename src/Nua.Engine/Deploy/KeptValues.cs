using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Nua.Core;
using Nua.Core.Problems;
using Nua.Engine.State;

namespace Nua.Engine.Deploy;

/// <summary>Makes the values that are kept: passwords, and names that are unique on the server.</summary>
internal static class KeptValues
{
    private const int ShortestText = 8;
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string LettersAndDigits = Letters + "0123456789";
    private const string Base20Digits = "bcdfghjklmnpqrstvwxz";

    /// <param name="kept">What is wanted.</param>
    /// <param name="number">A number that no other value of this server was made with.</param>
    /// <exception cref="NuaException"><c>deploy.value-missing</c>: it is not to be made, it was given</exception>
    public static Secret Make(KeptReference kept, long number) => new(kept.Kind switch
    {
        KeptKind.RandomText => RandomText(Math.Max(kept.Length, ShortestText)),
        KeptKind.RandomInteger => RandomNumberGenerator.GetInt32(int.MaxValue).ToString(CultureInfo.InvariantCulture),
        KeptKind.UniqueDatabase => $"db_{Base20(number)}",
        KeptKind.UniqueUser => $"user_{Base20(number)}",
        KeptKind.Given => throw new NuaException(DeployProblems.ValueMissing(kept)),
        _ => throw new UnreachableException(),
    });

    /// <summary>Digits without vowels, so that no name spells a word: 0 is <c>b</c>, 20 is <c>cb</c>.</summary>
    internal static string Base20(long number)
    {
        var text = "";
        do
        {
            text = Base20Digits[(int)(number % 20)] + text;
            number /= 20;
        }
        while (number > 0);
        return text;
    }

    // A letter first, because some databases read a leading digit as a number.
    private static string RandomText(int length) =>
        RandomNumberGenerator.GetString(Letters, 1) + RandomNumberGenerator.GetString(LettersAndDigits, length - 1);
}
