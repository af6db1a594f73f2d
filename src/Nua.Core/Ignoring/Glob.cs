namespace Nua.Core.Ignoring;

/// <summary>
/// A pattern of <c>.dockerignore</c>: <c>*</c>, <c>?</c> and <c>[a-c]</c> match within a name, <c>**</c> across folders, and a folder
/// that matches takes all below it along. All ways to match are followed at once, so that no pattern makes a path slow to judge;
/// nothing is compiled, since a pattern is made for every build and meets few paths.
/// </summary>
internal sealed class Glob
{
    private readonly IReadOnlyList<Part> _parts;

    private Glob(string literalStart, IReadOnlyList<Part> parts) => (LiteralStart, _parts) = (literalStart, parts);

    /// <summary>What every path it matches begins with.</summary>
    public string LiteralStart { get; }

    /// <param name="text">With <c>/</c> between names, and none at either end.</param>
    public static Glob Parse(string text)
    {
        var parts = new List<Part>();
        for (var at = 0; at < text.Length;)
        {
            var (part, length) = Next(text.AsSpan(at));
            parts.Add(part);
            at += length;
        }

        return new Glob(string.Concat(parts.TakeWhile(part => part is Part.Letter).Select(part => ((Part.Letter)part).Value)), parts);
    }

    /// <summary>Whether it matches the path, or a folder that the path is in.</summary>
    public bool Matches(string path)
    {
        if (!path.StartsWith(LiteralStart, StringComparison.Ordinal))
        {
            return false;
        }

        // The places in the pattern that some way to match has come to, before a letter and after it.
        var (before, after) = (new bool[_parts.Count + 1], new bool[_parts.Count + 1]);
        Enter(LiteralStart.Length, before);
        foreach (var letter in path.AsSpan(LiteralStart.Length))
        {
            if (letter == '/' && before[^1])
            {
                return true;
            }

            Take(letter, before, after);
            (before, after) = (after, before);
            Array.Clear(after);
        }

        return before[^1];
    }

    private void Take(char letter, bool[] before, bool[] after)
    {
        for (var place = 0; place < _parts.Count; place++)
        {
            if (before[place])
            {
                Take(letter, place, after);
            }
        }
    }

    private void Take(char letter, int place, bool[] after)
    {
        switch (_parts[place])
        {
            case Part.Folders when letter != '/':
                // Within a folder's name what follows cannot begin.
                after[place] = true;
                break;
            case Part.Folders or Part.Anything:
            case Part.Name when letter != '/':
                Enter(place, after);
                break;
            case Part.Letter one when one.Value == letter:
            case Part.OneOf set when set.Has(letter):
                Enter(place + 1, after);
                break;
        }
    }

    /// <summary>Comes to a place; what may match nothing is passed at once.</summary>
    private void Enter(int place, bool[] reached)
    {
        reached[place] = true;
        if (place < _parts.Count && _parts[place].MayBeNothing)
        {
            Enter(place + 1, reached);
        }
    }

    private static (Part Part, int Length) Next(ReadOnlySpan<char> rest) => rest switch
    {
        ['*', '*', '/', ..] => (new Part.Folders(), 3),
        ['*', '*', ..] => (new Part.Anything(), 2),
        ['*', ..] => (new Part.Name(), 1),
        ['?', ..] => (new Part.OneOf([], Negated: true), 1),
        ['\\', var escaped, ..] => (new Part.Letter(escaped), 2),
        ['[', ..] when rest.IndexOf(']') is > 1 and var end => (Part.OneOf.Parse(rest[1..end].ToString()), end + 1),
        [var letter, ..] => (new Part.Letter(letter), 1),
        [] => throw new ArgumentException("A pattern ends where its text does.", nameof(rest)),
    };

    private abstract record Part(bool MayBeNothing)
    {
        /// <summary>Itself.</summary>
        public sealed record Letter(char Value) : Part(MayBeNothing: false);

        /// <summary><c>*</c>: any part of a name.</summary>
        public sealed record Name() : Part(MayBeNothing: true);

        /// <summary><c>**/</c>: any folders, none included.</summary>
        public sealed record Folders() : Part(MayBeNothing: true);

        /// <summary><c>**</c>: anything.</summary>
        public sealed record Anything() : Part(MayBeNothing: true);

        /// <summary><c>[a-c]</c>, <c>[^a-c]</c>, and with nothing excluded <c>?</c>; never a separator.</summary>
        public sealed record OneOf(IReadOnlyList<(char First, char Last)> Ranges, bool Negated) : Part(MayBeNothing: false)
        {
            public static OneOf Parse(string inner)
            {
                var negated = inner is ['^', ..];
                var ranges = new List<(char First, char Last)>();
                for (var rest = negated ? inner[1..] : inner; rest.Length > 0;)
                {
                    var isRange = rest is [_, '-', _, ..];
                    ranges.Add((rest[0], rest[isRange ? 2 : 0]));
                    rest = rest[(isRange ? 3 : 1)..];
                }

                return new OneOf(ranges, negated);
            }

            public bool Has(char letter) =>
                letter != '/' && Negated != Ranges.Any(range => range.First <= letter && letter <= range.Last);
        }
    }
}
