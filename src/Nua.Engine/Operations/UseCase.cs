using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Nua.Engine.Operations;

/// <summary>Something Nua does as a journaled operation. One object serves all its runs.</summary>
public abstract class UseCase
{
    private protected UseCase(string kind) => Kind = kind;

    /// <summary>The name the journal knows it by; never changed.</summary>
    public string Kind { get; }

    /// <summary>Whether it stops for anybody else who wants its subject: what it would have brought about is looked at again later.</summary>
    public virtual bool GivesWay => false;

    /// <summary>Runs it, or takes it up again after a crash; answers the result as JSON.</summary>
    internal abstract Task<string> RunAsync(string request, Operation operation, CancellationToken cancellation);
}

/// <summary>A use case with its request and its result.</summary>
/// <typeparam name="TRequest">What is asked; journaled, so it never holds a secret.</typeparam>
/// <typeparam name="TResult">What comes of it; journaled too.</typeparam>
public abstract class UseCase<TRequest, TResult>(string kind, JsonTypeInfo<TRequest> request, JsonTypeInfo<TResult> result) : UseCase(kind)
{
    internal JsonTypeInfo<TRequest> RequestJson => request;

    /// <summary>What the request changes: an instance's or an app's name. Two operations never work on it at once.</summary>
    public abstract string SubjectOf(TRequest request);

    /// <summary>The story: steps in order, told through <paramref name="operation"/>.</summary>
    public abstract Task<TResult> RunAsync(TRequest request, Operation operation, CancellationToken cancellation);

    internal override async Task<string> RunAsync(string requestText, Operation operation, CancellationToken cancellation) =>
        JsonSerializer.Serialize(
            await RunAsync(JsonSerializer.Deserialize(requestText, request)!, operation, cancellation), result);
}
