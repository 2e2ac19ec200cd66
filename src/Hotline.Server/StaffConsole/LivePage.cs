using System.Security.Claims;
using Hotline.Server.Cases;
using Hotline.Server.Desk;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Hotline.Server.StaffConsole;

/// <summary>
/// A page that stays true by itself: it reads its state again on every hint of the feed, and each five seconds without
/// one. A hint is only a hint; what is shown is always read.
/// </summary>
[Authorize]
public abstract class LivePage : ComponentBase, IDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _end = new();

    [Inject]
    private protected NavigationManager Navigation { get; set; } = null!; // set by Blazor before anything runs

    [Inject]
    private protected TimeProvider Time { get; set; } = null!; // set by Blazor

    [Inject]
    private AuthenticationStateProvider Authentication { get; set; } = null!; // set by Blazor

    [Inject]
    private IServiceProvider Services { get; set; } = null!; // set by Blazor

    private protected TicketDesk Desk { get; private set; } = null!; // set before the first read

    private protected string Me { get; private set; } = "";

    private protected DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>The page is shown and does not listen yet: what is typed or pressed now would be lost, so nothing can be.</summary>
    private protected bool Asleep => !RendererInfo.IsInteractive;

    protected abstract Task ReadAsync();

    protected override async Task OnInitializedAsync()
    {
        Desk = Services.GetRequiredService<TicketDesk>();
        Me = (await Authentication.GetAuthenticationStateAsync()).User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "";
        await ReadAsync();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _ = InvokeAsync(FollowAsync);
        }
    }

    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task FollowAsync()
    {
        var feed = Services.GetRequiredService<CaseFeed>();
        var token = _end.Token;
        try
        {
            while (!token.IsCancellationRequested)
            {
                // listens before it reads: what changes during the reading is read next
                var waiting = feed.WaitAsync(Poll, Time, token);
                await ReadAsync();
                StateHasChanged();
                await waiting;
            }
        }
        catch (OperationCanceledException)
        {
            // the page is gone
        }
#pragma warning disable CA1031 // shown to the person by Blazor's own error boundary, never swallowed
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
#pragma warning restore CA1031
    }
}
