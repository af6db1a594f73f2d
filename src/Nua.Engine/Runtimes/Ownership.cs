using Nua.Core.Names;

namespace Nua.Engine.Runtimes;

/// <summary>
/// Who made an object on an engine, and for what. Every driver writes it on every container, network and volume, as
/// labels; nothing without it is ever touched.
/// </summary>
/// <param name="Server">Tells the objects of several Nua servers on one engine apart.</param>
/// <param name="Instance">The instance it belongs to.</param>
/// <param name="Operation">The journaled operation that made it: what an undo after a crash removes.</param>
/// <param name="Role"><c>app</c>, or the name of a provider or a volume.</param>
public sealed record Ownership(string Server, InstanceName Instance, string Operation, string Role);
