using Nua.Engine.Providers.Sqlite;
using Nua.Engine.Runtimes;
using Xunit;

namespace Nua.Tests.Engine.Deploy;

public sealed class SqliteTests
{
    [Fact]
    public async Task Its_volume_lies_in_the_app_which_is_told_where()
    {
        var world = new DeployWorld();
        world.Supply(new FakeDatabase("1"), new SqliteProvider());
        world.AddImage("2.0", config => config.Replace("[env]", """
            [env]
            FOLDER = { from = "file", key = "SQLITE_DIR" }
            FILE = "{FOLDER}/{NAME}.sqlite"
            NAME = { from = "file", key = "SQLITE_DB" }
            SOURCE = { from = "file", key = "SQLITE_SOURCE" }
            """) + "\n[[provider]]\nname = \"file\"\nmodule-name = \"sqlite\"\nmodule-version = \">=3\"\n");

        var ended = await world.DeployAsync("2.0");

        Assert.Null(ended.Problem);
        Assert.Equal(["nua_notes_app_1", "nua_notes_database_1"], world.Runtime.Running);
        var app = world.Runtime.SpecOf("nua_notes_app_1");
        Assert.Contains(new Mount.OfVolume("nua_notes_file-data", "/nua/app/sqlite"), app.Mounts);
        Assert.Equal("nua_notes_file-data", app.Environment["SOURCE"]);
        Assert.Matches("^/nua/app/sqlite/db_[a-z]+[.]sqlite$", app.Environment["FILE"]);
    }
}
