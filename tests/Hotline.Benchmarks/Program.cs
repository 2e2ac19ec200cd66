using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Hotline.Benchmarks;
using Hotline.Benchmarks.Load;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case ["--check"]:
        return EngineBudgets.Check();
    case ["triage"]:
        return TriageSpeed.Run();
    case ["load", .. var rest]:
        if (LoadPlan.Read(rest) is { } plan)
        {
            return await LoadRun.RunAsync(plan);
        }

        Console.Error.WriteLine(LoadPlan.Usage);
        return 2;
    case ["bare", .. { Length: 3 } rest]:
        return await BareServer.RunAsync(rest);
    case ["provider", var port]:
        return await Provider.RunAsync(int.Parse(port, CultureInfo.InvariantCulture));
    default:
        // in process: this version of BenchmarkDotNet cannot build for the newest framework
        var config = ManualConfig.Create(DefaultConfig.Instance).AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
        BenchmarkSwitcher.FromTypes([typeof(EngineTurns)]).Run(args.Length == 0 ? ["--filter", "*"] : args, config);
        return 0;
}
