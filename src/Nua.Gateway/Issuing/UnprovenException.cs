namespace Nua.Gateway.Issuing;

/// <summary>It cannot be shown that a name leads here, so no authority need be asked; the message says why.</summary>
internal sealed class UnprovenException(string reason, Exception? inner = null) : Exception(reason, inner);
