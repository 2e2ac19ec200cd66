using Xunit;

namespace Hotline.Tests.Cli;

/// <summary>Tests that measure the memory or the time of the process: nothing else runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
