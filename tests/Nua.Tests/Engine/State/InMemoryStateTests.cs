using Nua.Engine.Operations;
using Nua.Engine.State;
using Nua.Testing.Contracts;
using Nua.Testing.Fakes;

namespace Nua.Tests.Engine.State;

public sealed class InMemoryOperationLogTests : OperationLogContract
{
    protected override Task<IOperationLog> NewLogAsync() => Task.FromResult<IOperationLog>(new InMemoryOperationLog());
}

public sealed class InMemoryJournalTests : JournalContract
{
    protected override Task<IJournal> NewJournalAsync() => Task.FromResult<IJournal>(new InMemoryJournal());
}

public sealed class InMemoryVaultTests : VaultContract
{
    protected override Task<IVault> NewVaultAsync() => Task.FromResult<IVault>(new InMemoryVault());
}
