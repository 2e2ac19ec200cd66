using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Hotline.Server.Turns;

namespace Hotline.Server.Channels.Twilio;

/// <param name="Page"><c>null</c>: the provider could not be asked, or its answer could not be read.</param>
/// <param name="Status">0 = no answer.</param>
internal sealed record ListAnswer(TwilioMessagePage? Page, int Status);

/// <param name="Status">0 = no answer.</param>
/// <param name="Date">The provider's clock.</param>
internal sealed record ProviderAnswer(int Status, JsonElement? Json, DateTimeOffset? Date);

/// <summary>The two calls of the Messages API that we make, over plain HTTP. Reads answers, decides nothing about retries.</summary>
internal sealed class TwilioApi(IHttpClientFactory clients, TwilioChannelOptions channel, TimeProvider time)
{
    public const string ClientName = "twilio";

    /// <summary>After this a request is given up; a lease on its conversation must outlive it.</summary>
    public static readonly TimeSpan RequestLimit = TimeSpan.FromSeconds(10);

    private const int MaxAnswerBytes = 16 * 1024 * 1024;

    private readonly string _messages = $"/2010-04-01/Accounts/{channel.AccountSid}/Messages.json";

    public async Task<SendOutcome> CreateAsync(IEnumerable<FormPair> fields, CancellationToken ct)
    {
        using var limit = Limit(ct);
        using var form = new OutgoingForm(fields);
        try
        {
            using var request = Request(HttpMethod.Post, _messages);
            request.Content = form;
            using var answer = await clients.CreateClient(ClientName).SendAsync(request, limit.Token);
            var body = await answer.Content.ReadAsByteArrayAsync(limit.Token);
            if (!answer.IsSuccessStatusCode)
                return TwilioErrors.Read((int)answer.StatusCode, ReadCode(body), RetryAfter(answer));

            return Read(body, TwilioJson.Default.TwilioMessage) is { } message && TwilioInbound.IsId(message.Sid)
                ? new SendOutcome.Sent(message.Sid)
                : new SendOutcome.Unknown();
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return form.HasLeft ? new SendOutcome.Unknown() : new SendOutcome.Retry(TimeSpan.FromSeconds(2));
        }
    }

    /// <summary>One page of messages, newest first.</summary>
    /// <param name="query">Filters, or a <see cref="TwilioMessagePage.NextPageUri"/> of an earlier page.</param>
    public async Task<ListAnswer> ListAsync(string query, CancellationToken ct)
    {
        var path = query.StartsWith('/') ? query : $"{_messages}?{query}";

        // the credentials go to our account's list and nowhere else
        if (!path.StartsWith($"{_messages}?", StringComparison.Ordinal))
            return new(null, 0);

        using var limit = Limit(ct);
        try
        {
            using var request = Request(HttpMethod.Get, path);
            using var answer = await clients.CreateClient(ClientName).SendAsync(request, limit.Token);
            var page = answer.IsSuccessStatusCode ? Read(await answer.Content.ReadAsByteArrayAsync(limit.Token), TwilioJson.Default.TwilioMessagePage) : null;
            return new(page, (int)answer.StatusCode);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return new(null, 0);
        }
    }

    /// <summary>Any resource of our account, for <c>doctor</c>.</summary>
    public async Task<ProviderAnswer> AskAsync(string path, CancellationToken ct)
    {
        using var limit = Limit(ct);
        try
        {
            using var request = Request(HttpMethod.Get, path);
            using var answer = await clients.CreateClient(ClientName).SendAsync(request, limit.Token);
            using var json = answer.IsSuccessStatusCode ? JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(limit.Token)) : null;
            return new((int)answer.StatusCode, json?.RootElement.Clone(), answer.Headers.Date);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return new(0, null, null);
        }
    }

    /// <summary>The client that all channels share: no redirects (they would carry the form elsewhere), and no log lines with addresses.</summary>
    public static void AddClient(IServiceCollection services) => services
        .AddHttpClient(ClientName, client =>
        {
            client.Timeout = Timeout.InfiniteTimeSpan; // each request has its own limit
            client.MaxResponseContentBufferSize = MaxAnswerBytes;
        })
        .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        .RemoveAllLoggers();

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, channel.ApiUrl.TrimEnd('/') + path);
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{channel.AccountSid}:{channel.AuthToken}")));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return request;
    }

    private Limits Limit(CancellationToken ct) => new(RequestLimit, time, ct);

    private TimeSpan? RetryAfter(HttpResponseMessage answer) => answer.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow(),
        _ => null,
    };

    private static int? ReadCode(byte[] body) => Read(body, TwilioJson.Default.TwilioError)?.Code;

    private static T? Read<T>(byte[] body, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(body, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A time limit joined with the caller's own token.</summary>
    private sealed class Limits : IDisposable
    {
        private readonly CancellationTokenSource _time;
        private readonly CancellationTokenSource _both;

        public Limits(TimeSpan limit, TimeProvider time, CancellationToken ct)
        {
            _time = new CancellationTokenSource(limit, time);
            _both = CancellationTokenSource.CreateLinkedTokenSource(_time.Token, ct);
        }

        public CancellationToken Token => _both.Token;

        public void Dispose()
        {
            _both.Dispose();
            _time.Dispose();
        }
    }
}
