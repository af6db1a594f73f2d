namespace Nua.Gateway.Issuing;

/// <summary>
/// The authorities of one choice of the operator. Who works with them holds the ring, so that those of an earlier choice end when the
/// last order with them does.
/// </summary>
internal sealed class AuthorityRing(IReadOnlyList<AuthorityDealings> authorities, Preflight? preflight)
{
    private readonly Lock _counting = new();
    private int _holders = 1;

    /// <summary>In the order in which they are asked.</summary>
    public IReadOnlyList<AuthorityDealings> Authorities => authorities;

    /// <summary>What is looked at before; <see langword="null"/>: nothing.</summary>
    public Preflight? Preflight => preflight;

    /// <summary>Holds it, unless it has ended already.</summary>
    public bool TryHold()
    {
        lock (_counting)
        {
            return _holders > 0 && ++_holders > 0;
        }
    }

    /// <summary>Holds it no longer; the last one ends it.</summary>
    public void Release()
    {
        lock (_counting)
        {
            if (--_holders > 0)
            {
                return;
            }
        }

        foreach (var authority in Authorities)
        {
            authority.Dispose();
        }
    }
}
