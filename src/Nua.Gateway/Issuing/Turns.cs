namespace Nua.Gateway.Issuing;

/// <summary>Has what is done for one name done one thing after the other; names do not wait for each other.</summary>
internal sealed class Turns
{
    private readonly Lock _taking = new();
    private readonly Dictionary<string, Task> _last = new(StringComparer.Ordinal);

    /// <summary>Does it after all that was wanted for the name before.</summary>
    /// <param name="name">The name.</param>
    /// <param name="work">Never fails: what comes after it does not want to know.</param>
    public Task TakeAsync(string name, Func<Task> work)
    {
        lock (_taking)
        {
            var before = _last.GetValueOrDefault(name, Task.CompletedTask);
            return _last[name] = Task.Run(async () =>
            {
                await before;
                await work();
            });
        }
    }

    /// <summary>Whether something is under way for the name.</summary>
    public bool AreTaken(string name)
    {
        lock (_taking)
        {
            var isBusy = _last.TryGetValue(name, out var last) && !last.IsCompleted;
            if (!isBusy)
            {
                _last.Remove(name);
            }

            return isBusy;
        }
    }

    /// <summary>All that was wanted is done.</summary>
    public Task WhenAllAreOverAsync()
    {
        lock (_taking)
        {
            return Task.WhenAll([.. _last.Values]);
        }
    }
}
