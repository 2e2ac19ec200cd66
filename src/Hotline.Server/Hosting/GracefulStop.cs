namespace Hotline.Server.Hosting;

/// <summary>
/// How this copy leaves. From SIGTERM on it says "not ready" and takes no new message (503 with Retry-After) until the
/// load balancer has had time to see that; then the doors close, what runs is finished, what is held is given back, and
/// the process is gone within <see cref="Limit"/>. Whatever is cut off even so is found and settled by the next start.
/// </summary>
internal sealed class GracefulStop(IHostApplicationLifetime life, ListenOptions listen, TimeProvider time) : IHostedLifecycleService, IDisposable
{
    /// <summary>From SIGTERM to the end of the process; a little is left to close the files.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Until then a request to a provider may still be answered. Longer than such a request may take.</summary>
    private static readonly TimeSpan WorkLimit = TimeSpan.FromSeconds(14);

    private readonly CancellationTokenSource _cutOff = new();
    private readonly List<Func<CancellationToken, Task>> _releases = [];

    public bool IsStopping => life.ApplicationStopping.IsCancellationRequested;

    /// <summary>Begin nothing new.</summary>
    public CancellationToken Stopping => life.ApplicationStopping;

    /// <summary>What had begun before <see cref="Stopping"/> runs on with this token: it is cut off only when there is no time left.</summary>
    public CancellationToken CutOff => _cutOff.Token;

    /// <summary>Called once when no worker runs any more, for what others wait for: leases, for example. At most a second or two is left.</summary>
    public void AfterWork(Func<CancellationToken, Task> release) => _releases.Add(release);

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _cutOff.CancelAfter(WorkLimit);
        await Task.Delay(TimeSpan.FromSeconds(listen.DrainSeconds), time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        foreach (var release in _releases)
        {
            await release(cancellationToken);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _cutOff.Dispose();
}

internal static class GracefulStopSetup
{
    private const string RetryAfterSeconds = "2";

    /// <summary>
    /// While this copy stops, its public door takes nothing new and opens no stream. Reading goes on to the end: a chat
    /// client that polls gives up for good on an error.
    /// </summary>
    public static WebApplication UseGracefulStop(this WebApplication app)
    {
        var stop = app.Services.GetRequiredService<GracefulStop>();
        app.Use((http, next) =>
        {
            var isNew = !HttpMethods.IsGet(http.Request.Method) || http.Request.Headers.Upgrade.Count > 0;
            if (!stop.IsStopping || !isNew || http.Features.Get<ListenerTag>() != ListenerTag.Public)
            {
                return next(http);
            }

            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            http.Response.Headers.RetryAfter = RetryAfterSeconds;
            http.Response.Headers.Connection = "close";
            return Task.CompletedTask;
        });
        return app;
    }
}
