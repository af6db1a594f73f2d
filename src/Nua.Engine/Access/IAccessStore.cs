using Nua.Core.Problems;

namespace Nua.Engine.Access;

/// <summary>Where the server keeps the tokens that it knows.</summary>
/// <remarks>Every implementation, the in-memory one included, passes <c>AccessStoreContract</c>.</remarks>
public interface IAccessStore
{
    /// <summary>Knows a token from now on.</summary>
    /// <exception cref="NuaException"><c>access.name-taken</c></exception>
    Task AddAsync(KnownToken token, CancellationToken cancellation);

    /// <summary>The token of that id, expired or not; <see langword="null"/>: nobody knows it.</summary>
    Task<KnownToken?> FindAsync(string id, CancellationToken cancellation);

    /// <summary>All of them, by name.</summary>
    Task<IReadOnlyList<AccessToken>> ListAsync(CancellationToken cancellation);

    /// <summary>Forgets a token; answers whether there was one.</summary>
    Task<bool> RemoveAsync(string id, CancellationToken cancellation);
}
