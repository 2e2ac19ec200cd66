using System.Diagnostics;
using System.Text;
using Xunit;

namespace Hotline.Tests.Localization;

/// <summary>The real gettext tools. They are part of the test environment: absent means failure, not skipping.</summary>
internal static class Gettext
{
    public static string Msgcat(string catalog) => Run("msgcat", catalog, "--no-wrap", "--force-po", "-");

    /// <summary>Throws with gettext's own words when it refuses the catalog.</summary>
    public static void Check(string catalog) => Run("msgfmt", catalog, "--check", "-o", "/dev/null", "-");

    private static string Run(string tool, string input, params string[] arguments)
    {
        var start = new ProcessStartInfo(tool)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment["LC_ALL"] = "C.UTF-8";
        arguments.ToList().ForEach(start.ArgumentList.Add);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{tool}: {error.Result}\n{input}");
        return output.Result;
    }
}
