namespace Hotline.Server.Storage;

/// <param name="TimeToLive">How long a conversation is kept after its last turn.</param>
internal sealed record SqliteStoreSettings(string File, TimeSpan TimeToLive)
{
    /// <summary>How long a write waits for another process to let go of the file.</summary>
    public int BusyMs { get; init; } = 1000;

    /// <summary>Most pages of 4 KB that the file may have; 0 = as many as the disk holds.</summary>
    public int MaxPages { get; init; }
}
