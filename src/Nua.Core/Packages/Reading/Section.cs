namespace Nua.Core.Packages.Reading;

/// <summary>
/// One table being read. It remembers which keys were asked for and as what, so what nobody asked for is a mistake,
/// and the reader is the schema: there is no second list of keys to keep in step.
/// </summary>
internal sealed class Section
{
    private readonly Dictionary<string, Entry> _entries = [];
    private readonly bool _asking;

    /// <param name="source">The file.</param>
    /// <param name="path">What findings call the table; empty for the whole file.</param>
    /// <param name="table">The table.</param>
    public Section(SourceText source, string path, TableNode table)
    {
        Source = source;
        Path = path;
        At = table.At;
        foreach (var entry in table.Entries)
        {
            Add(entry);
        }
    }

    private Section()
    {
        _asking = true;
        Source = new SourceText("", "", new ReadingOptions());
        Path = "";
        At = Place.Start;
    }

    public SourceText Source { get; }

    public string Path { get; }

    public Place At { get; }

    /// <summary>What was asked for so far.</summary>
    public TableShape Asked { get; } = new();

    /// <summary>A table that exists only to learn what its reader asks for: everything is absent, nothing is a finding.</summary>
    public static Section Asking() => new();

    /// <summary>What findings call a key: as it is spelled in the file, when it is there.</summary>
    public string PathOf(string key)
    {
        var spelled = _entries.GetValueOrDefault(Spelling.Fold(key))?.Key ?? key;
        return Path.Length == 0 ? spelled : $"{Path}.{spelled}";
    }

    /// <summary>Whether something is said at a key, of whatever kind.</summary>
    public bool Holds(string key) => _entries.GetValueOrDefault(Spelling.Fold(key)) is { Value: not NullNode };

    /// <summary>Where a key stands; where the table stands when it does not have it.</summary>
    public Place PlaceOf(string key) => _entries.GetValueOrDefault(Spelling.Fold(key))?.At ?? At;

    /// <summary>The value at a key, however it is spelled; <see langword="null"/> when there is none or it is null.</summary>
    public Value? Ask(string key, Shape shape, bool required = false)
    {
        Asked.Ask(key, shape, required);
        var entry = _entries.GetValueOrDefault(Spelling.Fold(key));
        if (entry is { Value: not NullNode })
        {
            return new Value(Source, PathOf(key), entry.Value);
        }

        if (required && !_asking)
        {
            Source.Error(PackageProblems.MissingKey(Path, key), entry?.At ?? At);
        }

        return null;
    }

    public string? Text(string key) => Ask(key, new Shape.Text())?.AsText();

    /// <summary>A text that says something: an empty one is as good as none.</summary>
    public string? FilledText(string key) => Text(key) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    /// <summary>What two words of the format mean alike; the first counts, and both at once are a finding.</summary>
    public T? EitherOf<T>(string key, string other, Func<string, T?> read)
    {
        var (first, second) = (read(key), read(other));
        if (Holds(key) && Holds(other))
        {
            Source.Warn(PackageProblems.SaidTwice(PathOf(other), PathOf(key)), PlaceOf(other));
        }

        return Holds(key) ? first : second;
    }

    /// <summary>A text that must be there and say something; the empty text, and a finding, when it does not.</summary>
    public string RequiredText(string key)
    {
        var value = Ask(key, new Shape.Text(), required: true);
        var text = value?.AsText();
        if (value is not null && text is not null && string.IsNullOrWhiteSpace(text))
        {
            Source.Error(PackageProblems.MissingKey(Path, key), value.At);
        }

        return text ?? "";
    }

    /// <summary>A text or a list of texts; empty when absent.</summary>
    public IReadOnlyList<string> OneOrMore(string key) => Ask(key, new Shape.OneOrMore())?.AsOneOrMore() ?? [];

    public IReadOnlyList<string> Texts(string key) =>
        Ask(key, new Shape.ListOf(new Shape.Text()))?.AsTexts() ?? [];

    public int? Integer(string key, int least, int most) => Ask(key, new Shape.Integer(least, most))?.AsInteger(least, most);

    public bool? Flag(string key) => Ask(key, new Shape.Flag())?.AsFlag();

    public TimeSpan? Duration(string key, TimeSpan least, bool required = false) =>
        Ask(key, new Shape.Duration(), required)?.AsDuration(least);

    public T? Choice<T>(string key, IReadOnlyDictionary<string, T> words) where T : struct =>
        Ask(key, new Shape.Choice([.. words.Keys]))?.AsChoice(words);

    /// <summary>A table with keys of its own.</summary>
    public T? Table<T>(string key, Func<Section, T> read, bool required = false) where T : class
    {
        if (_asking)
        {
            Asked.Ask(key, Shape.Of(read), required);
            return null;
        }

        return Ask(key, new Shape.Anything(), required)?.AsSection() is { } section ? Finish(section, read) : null;
    }

    /// <summary>A list of tables; <see langword="null"/> when absent.</summary>
    public IReadOnlyList<T>? Tables<T>(string key, Func<Section, T> read) where T : class
    {
        if (_asking)
        {
            Asked.Ask(key, new Shape.ListOf(Shape.Of(read)), required: false);
            return null;
        }

        return Ask(key, new Shape.Anything()) is not { } value
            ? null
            : [.. value.AsItems().Select(item => item.AsSection()).OfType<Section>().Select(section => Finish(section, read))];
    }

    /// <summary>A table whose keys are the packager's own and are kept exactly; <see langword="null"/> when absent.</summary>
    public IReadOnlyDictionary<string, T>? Map<T>(string key, Shape shape, Func<string, Value, T?> read) where T : class
    {
        if (Ask(key, new Shape.MapOf(shape)) is not { } value)
        {
            return null;
        }

        OrderedDictionary<string, T> map = [];
        foreach (var (entry, inner) in value.AsEntries())
        {
            if (read(entry.Key, inner) is { } element)
            {
                map[entry.Key] = element;
            }
        }

        return map;
    }

    public IReadOnlyDictionary<string, string> TextMap(string key) =>
        Map(key, new Shape.Text(), (_, value) => value.Node is NullNode ? null : value.AsText()) ?? new Dictionary<string, string>();

    /// <summary>Reports every key that nobody asked for.</summary>
    public void ReportWhatNobodyRead()
    {
        var known = Asked.Keys.Keys.Select(Spelling.Fold).ToHashSet();
        foreach (var (key, entry) in _entries.Where(entry => !known.Contains(entry.Key)))
        {
            Source.Warn(PackageProblems.UnknownKey(PathOf(key), Spelling.Nearest(key, Asked.Keys.Keys)), entry.At);
        }
    }

    private static T Finish<T>(Section section, Func<Section, T> read)
    {
        var result = read(section);
        section.ReportWhatNobodyRead();
        return result;
    }

    /// <summary>Keeps an entry under the one spelling of its key; written with dashes it wins over the same with underscores.</summary>
    private void Add(Entry entry)
    {
        var key = Spelling.Fold(entry.Key);
        if (_entries.TryAdd(key, entry))
        {
            return;
        }

        Source.Warn(PackageProblems.TwoSpellings(PathOf(key)), entry.At);
        if (entry.Key == key)
        {
            _entries[key] = entry;
        }
    }
}
