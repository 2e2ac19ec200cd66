using Hotline.Conversations;
using Microsoft.Extensions.Options;

namespace Hotline.Server.Turns;

/// <summary>Section <c>Conversations</c>: where conversations live.</summary>
internal sealed class ConversationsOptions
{
    public const string Section = "Conversations";

    /// <summary><c>sqlite</c>: files under <c>Data:Path</c>, no server needed. <c>redis</c>: for several copies.</summary>
    public string Store { get; set; } = "sqlite";

    public bool IsRedis => Store == "redis";

    /// <summary>Hosts and ports, and <c>password=</c>, <c>ssl=true</c>; any node of a cluster will do.</summary>
    public string Redis { get; set; } = "";

    /// <summary>A PEM file with the authority that signed Redis's certificate; empty = those the system trusts.</summary>
    public string RedisAuthority { get; set; } = "";

    /// <summary>
    /// Form of the records that are written; 0 = the one before the newest that this server knows, so that the copies not
    /// yet upgraded can read them. Raise it when all are upgraded.
    /// </summary>
    public int WriteVersion { get; set; }

    public int FormToWrite => WriteVersion > 0 ? WriteVersion : Math.Max(1, Conversation.CurrentForm - 1);

    /// <summary>Days without a turn after which a conversation is removed.</summary>
    public int TtlDays { get; set; } = 30;

    /// <summary>How long a call to the store may take, in milliseconds; slower counts as away.</summary>
    public int CommandTimeoutMs { get; set; } = 1000;

    /// <summary>Accept messages and send nothing (for measuring and for maintenance). Tickets still reach the desk.</summary>
    public bool OutboxPaused { get; set; }
}

internal sealed class ConversationsOptionsCheck : IValidateOptions<ConversationsOptions>
{
    public ValidateOptionsResult Validate(string? name, ConversationsOptions options)
    {
        var faults = new List<string>();
        if (options.Store is not ("sqlite" or "redis"))
        {
            faults.Add("Conversations:Store must be sqlite or redis");
        }

        if (options.IsRedis && options.Redis.Length == 0)
        {
            faults.Add("Conversations:Redis must name the Redis server, such as redis.internal:6379,password=…,ssl=true");
        }

        if (options.RedisAuthority.Length > 0 && !File.Exists(options.RedisAuthority))
        {
            faults.Add("Conversations:RedisAuthority names a file that is not there");
        }

        if (options.WriteVersion != 0 && (options.WriteVersion > Conversation.CurrentForm || options.WriteVersion < Math.Max(1, Conversation.CurrentForm - 1)))
        {
            faults.Add($"Conversations:WriteVersion must be 0, {Math.Max(1, Conversation.CurrentForm - 1)} or {Conversation.CurrentForm}: this server reads and writes no other form");
        }

        if (options.TtlDays is < 1 or > 365)
        {
            faults.Add("Conversations:TtlDays must be from 1 to 365");
        }

        if (options.CommandTimeoutMs is < 50 or > 10_000)
        {
            faults.Add("Conversations:CommandTimeoutMs must be from 50 to 10000");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
