using System.Globalization;
using Hotline.Server.Hosting;
using Hotline.Server.Privacy;
using Hotline.Server.Turns;

namespace Hotline.Server.Upkeep;

/// <summary><c>doctor</c>: everything that can be looked at from here, one line each, with a mend. 0 = nothing failed.</summary>
internal static class DoctorCommand
{
    public static async Task<int> RunAsync(WebApplication app)
    {
        var services = app.Services;
        var data = services.GetRequiredService<DataOptions>();
        var environment = services.GetRequiredService<IHostEnvironment>();
        List<Examination> examinations =
        [
            new("machine", _ => Task.FromResult(new MachineExamination(data, services.GetRequiredService<ListenOptions>(), environment).Run())),
            new("data", _ => new DataExamination(
                data, services.GetRequiredService<SecretPlaces>(), services.GetRequiredService<MasterKeys>(), services.GetRequiredService<TimeProvider>())
                .RunAsync(services.GetRequiredService<KeyStore>)),
            new("content", _ => Task.FromResult(new ContentExamination(services.GetRequiredService<ContentOptions>(), data, environment).Run())),
            .. services.GetServices<Examination>(),
        ];
        var findings = new List<Finding>();
        foreach (var examination in examinations)
        {
            foreach (var finding in await FindAsync(examination))
            {
                Console.WriteLine($"{finding.Grade.ToString().ToUpperInvariant(),-4}  {finding.About}: {finding.Text}");
                if (finding.Mend.Length > 0)
                {
                    Console.WriteLine($"      mend: {finding.Mend}");
                }

                findings.Add(finding);
            }
        }

        var (failed, warned) = (findings.Count(f => f.Grade == Grade.Fail), findings.Count(f => f.Grade == Grade.Warn));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{findings.Count} looked at, {failed} failed, {warned} to be minded"));
        return failed == 0 ? 0 : 1;
    }

    private static async Task<IReadOnlyList<Finding>> FindAsync(Examination examination)
    {
        try
        {
            return await examination.RunAsync(CancellationToken.None);
        }
#pragma warning disable CA1031 // the next things are looked at in any case
        catch (Exception e)
        {
            return [Finding.Fail(examination.About, $"could not be looked at ({e.GetType().Name})", "look at its settings and its rights")];
        }
#pragma warning restore CA1031
    }
}
