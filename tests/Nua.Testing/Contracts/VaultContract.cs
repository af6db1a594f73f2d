using Nua.Core;
using Nua.Core.Names;
using Nua.Engine.State;
using Xunit;

namespace Nua.Testing.Contracts;

/// <summary>What every vault promises.</summary>
public abstract class VaultContract
{
    private static readonly InstanceName Notes = InstanceName.Parse("notes");
    private static readonly InstanceName Wiki = InstanceName.Parse("wiki");
    private static readonly KeptReference Password = new("database", "PASSWORD", KeptKind.RandomText, 24);

    /// <summary>A vault with nothing in it.</summary>
    protected abstract Task<IVault> NewVaultAsync();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_value_is_made_once_and_kept()
    {
        var vault = await NewVaultAsync();

        var made = await vault.EnsureAsync(Notes, Password, "op1", _ => new Secret("first"), Cancellation);
        var found = await vault.EnsureAsync(Notes, Password, "op2", _ => new Secret("second"), Cancellation);

        Assert.Equal("first", made.Reveal());
        Assert.Equal("first", found.Reveal());
    }

    [Fact]
    public async Task Values_of_instances_are_apart()
    {
        var vault = await NewVaultAsync();
        await vault.EnsureAsync(Notes, Password, "op1", _ => new Secret("of notes"), Cancellation);
        await vault.EnsureAsync(Wiki, Password, "op2", _ => new Secret("of wiki"), Cancellation);

        await vault.ForgetAsync(Notes, Cancellation);

        Assert.Empty(await vault.ReadAsync(Notes, Cancellation));
        Assert.Equal("of wiki", (await vault.ReadAsync(Wiki, Cancellation))[new KeptKey("database", "PASSWORD")].Reveal());
    }

    [Fact]
    public async Task What_an_operation_made_can_be_forgotten_and_nothing_else()
    {
        var vault = await NewVaultAsync();
        await vault.EnsureAsync(Notes, Password, "op1", _ => new Secret("old"), Cancellation);
        await vault.EnsureAsync(Notes, Password with { Name = "KEY" }, "op2", _ => new Secret("new"), Cancellation);

        await vault.ForgetMadeByAsync("op2", Cancellation);

        Assert.Equal("PASSWORD", Assert.Single(await vault.ReadAsync(Notes, Cancellation)).Key.Name);
    }

    [Fact]
    public async Task What_is_kept_is_listed_with_its_age_and_forgotten_one_by_one()
    {
        var vault = await NewVaultAsync();
        var before = TimeProvider.System.GetUtcNow().AddSeconds(-1);
        await vault.EnsureAsync(Notes, Password, "op1", _ => new Secret("one"), Cancellation);
        await vault.EnsureAsync(Notes, Password with { Name = "KEY" }, "op1", _ => new Secret("two"), Cancellation);
        await vault.EnsureAsync(Wiki, Password, "op2", _ => new Secret("three"), Cancellation);

        await vault.ForgetAsync(Notes, new KeptKey("database", "PASSWORD"), Cancellation);

        var left = await vault.ListAsync(Cancellation);
        Assert.Equal([(Notes, "KEY"), (Wiki, "PASSWORD")], left.Select(entry => (entry.Instance, entry.Key.Name)));
        Assert.All(left, entry => Assert.InRange(entry.MadeAt!.Value, before, before.AddMinutes(5)));
    }

    [Fact]
    public async Task No_number_is_given_twice()
    {
        var vault = await NewVaultAsync();
        var numbers = new List<long>();
        for (var i = 0; i < 3; i++)
        {
            var operation = $"op{i}";
            await vault.EnsureAsync(
                Notes,
                Password,
                operation,
                number =>
                {
                    numbers.Add(number);
                    return new Secret("x");
                },
                Cancellation);
            await vault.ForgetMadeByAsync(operation, Cancellation);
        }

        Assert.Equal(3, numbers.Distinct().Count());
    }
}
