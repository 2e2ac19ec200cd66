using Microsoft.Extensions.Options;

namespace Hotline.Server.Hosting;

/// <summary>Section <c>Data</c>: the folder that belongs to this copy of the server.</summary>
internal sealed class DataOptions
{
    public const string Section = "Data";

    /// <summary>A file of this name says that a restore is under way, or was cut off.</summary>
    public const string UnfinishedRestore = "restore-unfinished";

    public string Path { get; set; } = "data";

    public string Under(string name) => System.IO.Path.Combine(Path, name);
}

/// <summary>Tries the folder with a real write, so that a read-only disk stops the start and not the first message.</summary>
internal sealed class DataOptionsCheck : IValidateOptions<DataOptions>
{
    public ValidateOptionsResult Validate(string? name, DataOptions options)
    {
        try
        {
            Directory.CreateDirectory(options.Path);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(options.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            var probe = options.Under($"probe-{Environment.ProcessId}");
            File.WriteAllBytes(probe, [1]);
            File.Delete(probe);
            return ValidateOptionsResult.Success;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return ValidateOptionsResult.Fail($"Data:Path must be a folder that the server can write to ({e.GetType().Name})");
        }
    }
}
