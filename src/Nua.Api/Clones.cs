namespace Nua.Api;

/// <summary>Asks for a copy of an instance with its data.</summary>
/// <param name="As">What to call the copy.</param>
/// <param name="Domain">Where it is to answer; without it at a name made from its own.</param>
/// <param name="Share">Whether it may use the very folders and foreign volumes that its source uses: they are not copied.</param>
public sealed record CloneBody(string As, string? Domain = null, bool Share = false);

/// <summary>What came of it: the result of its operation.</summary>
/// <param name="Instance">The copy.</param>
/// <param name="Source">What it is a copy of.</param>
/// <param name="Number">The copy's deployment.</param>
/// <param name="Url">Where it answers; <see langword="null"/> when it has no web face.</param>
/// <param name="Volumes">How many volumes were copied.</param>
/// <param name="GapMilliseconds">For how long the source was held still; 0: it was not.</param>
public sealed record ClonedView(string Instance, string Source, int Number, string? Url, int Volumes, long GapMilliseconds);
