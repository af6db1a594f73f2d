using System.Net;
using CsCheck;
using Nua.Core;
using Nua.Engine.Deploy;
using Nua.Engine.Operations;
using Xunit;

namespace Nua.Tests.Engine.Deploy;

/// <summary>Whatever is done to an instance in whatever order, its app has the values that a table on paper would have.</summary>
public sealed class ValuesPropertyTests
{
    private static readonly string[] Names = ["JSON", "DB_HOST", "MINE", "MY_TOKEN"];

    [Fact]
    public Task The_app_has_what_was_given_last_and_else_what_its_package_says() =>
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, Names.Length - 1], Gen.Int[0, 3], Gen.Bool).Array[1, 12].SampleAsync(
            async steps =>
            {
                var history = await History.BeginAsync();
                foreach (var (verb, name, value, fails) in steps)
                {
                    await history.DoAsync(verb, Names[name], $"value {value}", fails);
                    history.AssertSame();
                }
            },
            iter: 60);

    /// <summary>An instance, and the table on paper.</summary>
    private sealed class History
    {
        private readonly DeployWorld _world = new();
        private readonly Dictionary<string, string> _given = [];
        private int _version;
        private Secret _password = null!;

        public static async Task<History> BeginAsync()
        {
            var history = new History();
            Assert.Null((await history._world.DeployAsync()).Problem);
            history._password = history.Password;
            return history;
        }

        private Secret Password => App.Secrets["DB_PASSWORD"];

        private Nua.Engine.Runtimes.WorkloadSpec App =>
            _world.Runtime.SpecOf(_world.Runtime.Running.Single(name => name.Contains("_app_", StringComparison.Ordinal)));

        public Task DoAsync(int verb, string name, string value, bool fails) => verb switch
        {
            0 or 1 => TryAsync(fails, () => _world.ConfigureAsync([$"{name}={value}"]), () => _given[name] = value),
            2 => TryAsync(fails, () => _world.ConfigureAsync([], [name]), () => _given.Remove(name)),
            3 => TryAsync(fails, () => _world.RotateAsync("DB_PASSWORD"), () => _password = Password),
            4 => TryAsync(fails, UpdateAsync, () => { }),
            _ => ReturnAsync(),
        };

        public void AssertSame()
        {
            var app = App;
            var values = app.Environment.Concat(app.Secrets.ToDictionary(secret => secret.Key, secret => secret.Value.Reveal())).ToDictionary();
            Assert.Equal(_given.GetValueOrDefault("JSON", """{"a": {"b": 1}}"""), values["JSON"]);
            Assert.Equal(_given.GetValueOrDefault("DB_HOST", "database"), values["DB_HOST"]);
            Assert.Equal(_given.GetValueOrDefault("MINE"), values.GetValueOrDefault("MINE"));
            Assert.Equal(_given.GetValueOrDefault("MY_TOKEN"), values.GetValueOrDefault("MY_TOKEN"));
            Assert.DoesNotContain("MY_TOKEN", app.Environment.Keys);
            Assert.Equal($"sql://user_c:{_password.Reveal()}@{values["DB_HOST"]}/x", values["DB_URL"]);
            Assert.True(_world.Server.Takes(_password));
            Assert.Empty(_world.Bugs);
        }

        /// <summary>What fails its tests changes neither the instance nor the table; what changes nothing is not tested.</summary>
        private async Task TryAsync(bool fails, Func<Task<OperationRecord>> change, Action onPaper)
        {
            _world.Gateway.Answer = (_, _) => new HttpResponseMessage(fails ? HttpStatusCode.InternalServerError : HttpStatusCode.OK);
            var ended = await change();
            if (ended.State is OperationState.Succeeded)
            {
                onPaper();
            }
            else
            {
                Assert.True(fails, $"{ended.Problem}");
            }
        }

        private Task<OperationRecord> UpdateAsync()
        {
            _world.AddImage($"1.{++_version}");
            return _world.DeployAsync($"1.{_version}");
        }

        private async Task ReturnAsync()
        {
            await _world.RunAsync(new DestroyInstance(_world.Seams), new DestroyRequest(DeployWorld.Notes));
            await TryAsync(fails: false, UpdateAsync, () => { });
        }
    }
}
