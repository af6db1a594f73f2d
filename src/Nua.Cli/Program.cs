using Nua.Api;
using Nua.Cli;
using Nua.Cli.Output;

var home = NuaHome.FromEnvironment();
using var server = NuaClient.Over(home.ServerSocket);
return await NuaCommand.RunAsync(args, home, server, Terminal.OfThisProcess());
