using System.Diagnostics;
using Hotline.Server.Tests.EndToEnd;
using Xunit;

namespace Hotline.Server.Tests.Channels.DirectLine;

/// <summary>Runs a script of <c>tests/clients</c> with node, installing its packages from the lock file when they are not there.</summary>
internal static class NodeScript
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(6);

    /// <summary>Without node or npm a test is skipped on a developer's machine and fails under CI.</summary>
    public static async Task<string> InstallAsync(string folder)
    {
        var path = Path.Combine(ServerProcess.RepositoryRoot, "tests", "clients", folder);
        var found = Exists("node") && Exists("npm");
        if (!found && Environment.GetEnvironmentVariable("CI") is not "true")
        {
            Skip.If(true, "node and npm are not installed");
        }

        Assert.True(found, "node and npm are wanted under CI");
        if (!File.Exists(Path.Combine(path, "node_modules", ".package-lock.json")))
        {
            var (exit, output) = await RunAsync(path, "npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], (_, _) => Task.CompletedTask);
            Assert.True(exit == 0, output);
        }

        return path;
    }

    /// <summary>Runs to the end; each line of output is shown to <paramref name="onLine"/>, with the way to answer. Gives everything written.</summary>
    public static async Task<(int Exit, string Output)> RunAsync(
        string folder, string program, IReadOnlyList<string> arguments, Func<string, StreamWriter, Task> onLine)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);
        var output = new System.Text.StringBuilder();
        try
        {
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
            {
                output.AppendLine(line);
                await onLine(line, process.StandardInput);
            }

            await process.WaitForExitAsync(limit.Token);
            output.Append(await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} did not end in time:\n{output}");
        }

        return (process.ExitCode, output.ToString());
    }

    private static bool Exists(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
