
namespace Hotline.Server.Turns;

/// <summary>Looks at the content files each second and swaps them in when they are well; a bad change keeps the running content.</summary>
internal sealed class ContentWatch(ContentKeeper keeper, ContentHolder holder, ContentOptions options, TurnWatch watch) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(Every, watch.Time);
        try
        {
            while (options.Watch && await timer.WaitForNextTickAsync(stoppingToken))
            {
                Look();
            }
        }
        catch (OperationCanceledException)
        {
            // stopping
        }
    }

    private void Look()
    {
        try
        {
            switch (keeper.Look())
            {
                case { Snapshot: { } next }:
                    holder.Swap(next);
                    watch.Log.ContentLive(next.Version);
                    break;
                case { Faults: [var first, ..] faults }:
                    watch.Log.ContentRefused(holder.Current.Version, faults.Count, first.ToString());
                    break;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // a file is being written; the next look sees it whole
            watch.Log.ClockStopped(e.GetType().Name);
        }
    }
}
