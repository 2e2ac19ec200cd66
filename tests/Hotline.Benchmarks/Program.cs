using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Hotline.Benchmarks;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case ["--check"]:
        return EngineBudgets.Check();
    case ["triage"]:
        return TriageSpeed.Run();
    case ["load", .. var rest]:
        var connections = rest is [var c, ..] ? int.Parse(c, CultureInfo.InvariantCulture) : 64;
        var seconds = rest is [_, var s, ..] ? int.Parse(s, CultureInfo.InvariantCulture) : 20;
        return await WebhookLoad.RunAsync(connections, TimeSpan.FromSeconds(seconds));
    default:
        // in process: this version of BenchmarkDotNet cannot build for the newest framework
        var config = ManualConfig.Create(DefaultConfig.Instance).AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
        BenchmarkSwitcher.FromTypes([typeof(EngineTurns)]).Run(args.Length == 0 ? ["--filter", "*"] : args, config);
        return 0;
}
