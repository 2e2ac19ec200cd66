namespace Hotline.Server.Channels.DirectLine;

/// <summary>Looks for old files now and every ten minutes.</summary>
internal sealed class UploadSweeper(UploadStore uploads, TimeProvider time, ILogger<UploadSweeper> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                uploads.Sweep();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                log.SweepFailed(e.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
