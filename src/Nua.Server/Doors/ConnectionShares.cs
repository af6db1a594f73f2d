namespace Nua.Server.Doors;

/// <summary>Keeps one address from having all connections of the remote door.</summary>
/// <param name="most">How many each may have at once.</param>
internal sealed class ConnectionShares(int most)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _open = [];

    /// <summary>Counts a connection; false: the address has its share.</summary>
    public bool TryTake(string address)
    {
        lock (_lock)
        {
            var open = _open.GetValueOrDefault(address);
            if (open == most)
            {
                return false;
            }

            _open[address] = open + 1;
            return true;
        }
    }

    /// <summary>The connection has ended.</summary>
    public void Return(string address)
    {
        lock (_lock)
        {
            if (--_open[address] == 0)
            {
                _open.Remove(address);
            }
        }
    }
}
