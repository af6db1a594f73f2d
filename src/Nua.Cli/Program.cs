using Nua.Api;
using Nua.Cli;
using Nua.Cli.Output;

var home = NuaHome.FromEnvironment();
using var connection = new ApiConnection(home.ServerSocket);
return await NuaCommand.RunAsync(args, home, new NuaClient(connection), Terminal.OfThisProcess());
