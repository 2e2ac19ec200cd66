using Hotline.Conversations;
using StackExchange.Redis;

namespace Hotline.Server.Storage.Redis;

/// <summary>What went wrong with a call, in words that name the mend.</summary>
/// <param name="Code">A short name for logs and metrics.</param>
/// <param name="Text">What is wrong and what mends it; never a password, an address or a person's data.</param>
/// <param name="IsOfAll">Every call would meet it: later ones need not wait for the same answer.</param>
internal sealed record RedisFault(string Code, string Text, bool IsOfAll)
{
    /// <summary>Used as it is, it would lose or part conversations: nothing starts on it.</summary>
    public bool MustNotBeUsed { get; init; }

    public static RedisFault Closed { get; } = new("closed", "the store is closed", true);

    public static RedisFault Starting { get; } = new("starting", "Redis was not reached yet", true);

    public static RedisFault Unreached { get; } = new(
        "unreached", "Redis cannot be reached: is it running, and are hosts, ports and ssl= of Conversations:Redis right?", true);

    public static RedisFault Slow { get; } = new(
        "slow", "Redis does not answer within Conversations:CommandTimeoutMs: is it frozen, swapping, or cut off?", true);

    public static RedisFault Password { get; } = new(
        "password", "Redis refuses the password: set password= in Conversations:Redis to that of requirepass", true);

    public static RedisFault Newer { get; } = new("newer", "the conversation was written by a newer server: upgrade this copy", false);

    private const string NewerCode = "HLNEWER";

    public static RedisFault Certificate { get; } = new(
        "certificate", "the TLS handshake with Redis fails: is its certificate made out to the host (sslHost=) and signed by an authority of Conversations:RedisAuthority?", true);

    public static RedisFault ReadOnly { get; } = new("read_only", "Redis is read-only, a replica: point Conversations:Redis to the master, or promote this one", true);

    private static readonly (string Begin, RedisFault Fault)[] Answers =
    [
        ("NOAUTH", Password),
        ("WRONGPASS", Password),
        ("ERR invalid password", Password),
        ("ERR AUTH", Password),
        ("NOPERM", new("forbidden", "the Redis user may not run scripts or touch keys hl:*: extend its ACL", true)),
        ("OOM", new("full", "Redis is full (maxmemory is reached): raise maxmemory or give the machine more; messages wait in the spool meanwhile", false)),
        ("READONLY", ReadOnly),
        ("CLUSTERDOWN", new("cluster_down", "the Redis cluster does not serve every slot: start the missing node or give its slots to another (redis-cli --cluster fix)", false)),
        ("MISCONF", new("cannot_save", "Redis cannot write to its disk and refuses to go on: make room there, or mend its rights", true)),
        ("LOADING", new("loading", "Redis is loading its data after a start: it comes by itself", true)),
        ("MASTERDOWN", new("no_master", "this Redis is a replica without its master: start the master or promote this one", true)),
        ("NOREPLICAS", new("no_replicas", "Redis has fewer good replicas than min-replicas-to-write: start them", true)),
        ("BUSY", new("busy", "a script of somebody blocks Redis: SCRIPT KILL", true)),
        ("MOVED", new("moved", "a slot of the Redis cluster has moved: it settles by itself", false)),
        ("ASK", new("moved", "a slot of the Redis cluster is moving: it settles by itself", false)),
        ("TRYAGAIN", new("moved", "a slot of the Redis cluster is moving: it settles by itself", false)),
    ];

    /// <summary>The fault behind an exception of the client, or <c>null</c> when it is none of Redis's.</summary>
    public static RedisFault? Of(Exception e) => e switch
    {
        NewerFormException => Newer,
        RedisServerException server when server.Message.Contains(NewerCode, StringComparison.Ordinal) => Newer,
        TimeoutException => Slow,
        RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure } => Password,
        RedisServerException server => OfAnswer(server.Message) ?? new("refused", $"Redis refused a command ({FirstWord(server.Message)})", false),
        RedisConnectionException or RedisCommandException or ObjectDisposedException => InnerOf(e) ?? Unreached,
        RedisException => Unreached,
        _ => null,
    };

    public static RedisFault? OfAnswer(string answer)
    {
        foreach (var (begin, fault) in Answers)
        {
            if (answer.StartsWith(begin, StringComparison.Ordinal) || answer.Contains($": {begin} ", StringComparison.Ordinal))
            {
                return fault;
            }
        }

        return null;
    }

    private static RedisFault? InnerOf(Exception e) => e.InnerException is { } inner ? OfAnswer(inner.Message) ?? InnerOf(inner) : OfAnswer(e.Message);

    /// <summary>An answer's first word is its kind; the rest may quote a value.</summary>
    private static string FirstWord(string answer) => answer.Split(' ', 2)[0] is { Length: <= 20 } word ? word : "?";
}
