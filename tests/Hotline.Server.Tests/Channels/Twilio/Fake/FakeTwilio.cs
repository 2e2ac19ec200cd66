using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Hotline.Server.Tests.Channels.Twilio.Fake;

/// <summary>
/// A provider on loopback that behaves as the Messages API does and refuses what it refuses. It keeps every message and
/// every request, lists them by page, and delivers signed webhooks and status reports when it is told to.
/// </summary>
public sealed class FakeTwilio : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly Lock _lock = new();
    private readonly List<FakeMessage> _messages = [];
    private readonly ConcurrentQueue<FakeRequest> _requests = new();
    private readonly ConcurrentQueue<Task> _reports = new();
    private readonly TimeProvider _time;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _next;

    private FakeTwilio(TimeProvider time)
    {
        _time = time;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        FakeTwilioApi.Map(_app, this);
    }

    public string AccountSid { get; init; } = "AC00000000000000000000000000000001";

    public string AuthToken { get; init; } = "fake-auth-token";

    /// <summary>Address of the API, for <c>Twilio:Channels:N:ApiUrl</c>.</summary>
    public string Url { get; private set; } = "";

    /// <summary>Where the server under test listens. Webhooks are signed over its public address and posted here.</summary>
    public string? DeliverTo { get; set; }

    /// <summary>The public base that <see cref="DeliverTo"/> stands for, when a proxy cuts off a part of the path.</summary>
    public string? PublicBase { get; set; }

    /// <summary>Statuses reported by itself after each accepted message, in this order; may double or disorder them.</summary>
    public IReadOnlyList<string> AutoReports { get; set; } = [];

    /// <summary>What goes wrong with the next create requests, one each.</summary>
    public ConcurrentQueue<FakeTrouble> Troubles { get; } = new();

    /// <summary>While <c>true</c>, lists are answered with 503.</summary>
    public bool ListsFail { get; set; }

    /// <summary>Numbers that sent STOP.</summary>
    public ConcurrentDictionary<string, bool> OptedOut { get; } = new();

    /// <summary>The account's own numbers, as the provider describes them.</summary>
    public ConcurrentDictionary<string, System.Text.Json.Nodes.JsonObject> Numbers { get; } = new();

    public int LargestPage { get; set; } = 1000;

    public IReadOnlyList<FakeRequest> Requests => [.. _requests];

    /// <summary>Everything accepted or received, oldest first.</summary>
    public IReadOnlyList<FakeMessage> Messages
    {
        get
        {
            lock (_lock)
            {
                return [.. _messages];
            }
        }
    }

    /// <summary>What was accepted from us, oldest first.</summary>
    public IReadOnlyList<FakeMessage> Sent => [.. Messages.Where(m => !m.Inbound)];

    public static async Task<FakeTwilio> StartAsync(TimeProvider? time = null)
    {
        var fake = new FakeTwilio(time ?? TimeProvider.System);
        await fake._app.StartAsync();
        fake.Url = fake._app.Urls.Single();
        return fake;
    }

    /// <summary>A person writes; nobody is told yet. <see cref="DeliverAsync"/> tells, or a sweep finds it.</summary>
    public FakeMessage Write(string from, string to, string body, int media = 0, DateTimeOffset? at = null) => Add(sid => new FakeMessage
    {
        Sid = sid,
        AccountSid = AccountSid,
        From = from,
        To = to,
        Body = body,
        Inbound = true,
        Media = media,
        Status = "received",
        Created = at ?? _time.GetUtcNow(),
    });

    /// <summary>The webhook's form for a message; add to it or change it before <see cref="PostAsync"/>.</summary>
    public List<KeyValuePair<string, string>> FormOf(FakeMessage message) =>
    [
        new("ToCountry", "TH"),
        new("SmsMessageSid", message.Sid),
        new("NumMedia", message.Media.ToString(CultureInfo.InvariantCulture)),
        new("SmsSid", message.Sid),
        new("SmsStatus", "received"),
        new("Body", message.Body),
        new("FromCountry", "TH"),
        new("To", message.To),
        new("NumSegments", "1"),
        new("MessageSid", message.Sid),
        new("AccountSid", AccountSid),
        new("From", message.From ?? ""),
        new("ApiVersion", "2010-04-01"),
    ];

    /// <summary>Posts the webhook of a message.</summary>
    /// <param name="publicUrl">The whole address that Twilio was given and signs; its path is called at <see cref="DeliverTo"/>.</param>
    public Task<HttpResponseMessage> DeliverAsync(FakeMessage message, string publicUrl) => PostAsync(publicUrl, FormOf(message));

    /// <summary>Reports a status to the message's <c>StatusCallback</c>.</summary>
    public Task<HttpResponseMessage> ReportAsync(FakeMessage message, string status, int? errorCode = null)
    {
        lock (_lock)
        {
            message.Status = status;
            message.ErrorCode = errorCode;
        }

        var form = new List<KeyValuePair<string, string>>
        {
            new("SmsSid", message.Sid), new("SmsStatus", status), new("MessageStatus", status), new("To", message.To),
            new("MessageSid", message.Sid), new("AccountSid", AccountSid), new("From", message.From ?? ""), new("ApiVersion", "2010-04-01"),
        };
        if (errorCode is { } code)
            form.Add(new("ErrorCode", code.ToString(CultureInfo.InvariantCulture)));
        return PostAsync(message.StatusCallback ?? throw new InvalidOperationException("the message has no StatusCallback"), form);
    }

    /// <summary>Posts any form, signed with our token unless a signature is given.</summary>
    public async Task<HttpResponseMessage> PostAsync(string publicUrl, IReadOnlyList<KeyValuePair<string, string>> form, string? signature = null)
    {
        var path = PublicBase is not null && publicUrl.StartsWith(PublicBase, StringComparison.Ordinal) ? publicUrl[PublicBase.Length..] : new Uri(publicUrl).PathAndQuery;
        var target = DeliverTo is null ? publicUrl : DeliverTo.TrimEnd('/') + path;
        using var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Add("X-Twilio-Signature", signature ?? FakeSigner.Sign(AuthToken, publicUrl, form));
        request.Headers.Add("I-Twilio-Idempotency-Token", Guid.NewGuid().ToString());
        return await _http.SendAsync(request);
    }

    /// <summary>Waits until this holds of what was accepted from us; fails with a count after the limit.</summary>
    public async Task<IReadOnlyList<FakeMessage>> WaitForSentAsync(Func<IReadOnlyList<FakeMessage>, bool> holds, TimeSpan limit)
    {
        using var timer = new CancellationTokenSource(limit);
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                changed = _changed.Task;
            }

            var sent = Sent;
            if (holds(sent))
                return sent;

            try
            {
                await changed.WaitAsync(timer.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"{Sent.Count} messages were accepted within {limit.TotalSeconds} s, and the condition does not hold");
            }
        }
    }

    /// <summary>Waits until the automatic reports are delivered.</summary>
    public async Task WhenReportedAsync()
    {
        while (_reports.TryDequeue(out var report))
            await report;
    }

    public async ValueTask DisposeAsync()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _app.StopAsync(soon.Token);
        await _app.DisposeAsync();
        _http.Dispose();
    }

    internal void Record(FakeRequest request) => _requests.Enqueue(request);

    internal FakeMessage Accept(FakeRequest request)
    {
        var message = Add(sid => new FakeMessage
        {
            Sid = sid,
            AccountSid = AccountSid,
            To = request["To"]!,
            From = request["From"],
            MessagingServiceSid = request["MessagingServiceSid"],
            Body = request["Body"]!,
            Inbound = false,
            StatusCallback = request["StatusCallback"],
            Status = request["MessagingServiceSid"] is null ? "queued" : "accepted",
            Created = _time.GetUtcNow(),
        });
        if (AutoReports.Count > 0 && message.StatusCallback is not null)
            _reports.Enqueue(Task.Run(() => ReportAllAsync(message, AutoReports)));
        return message;
    }

    internal void Change(FakeMessage message, string? body, string? status)
    {
        lock (_lock)
        {
            message.Body = body ?? message.Body;
            message.Status = status ?? message.Status;
        }
    }

    internal bool Remove(string sid)
    {
        lock (_lock)
        {
            return _messages.RemoveAll(m => m.Sid == sid) > 0;
        }
    }

    private async Task ReportAllAsync(FakeMessage message, IReadOnlyList<string> statuses)
    {
        foreach (var status in statuses)
        {
            using var answer = await ReportAsync(message, status);
        }
    }

    private FakeMessage Add(Func<string, FakeMessage> make)
    {
        TaskCompletionSource changed;
        FakeMessage message;
        lock (_lock)
        {
            message = make($"SM{++_next:x32}");
            _messages.Add(message);
            changed = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
        return message;
    }
}
