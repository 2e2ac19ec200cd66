using System.Globalization;
using Hotline.Server.Turns;
using StackExchange.Redis;

namespace Hotline.Server.Storage.Redis;

/// <summary>The hot path: one read, one script.</summary>
internal sealed class RedisTurns(RedisLine line, string copy, ReadyHints hints)
{
    public Task<LoadedConversation> LoadAsync(ConversationAddress address, string? seenKey, CancellationToken ct)
    {
        var shard = Shard.Of(address);
        var conversation = shard.Key("c:", PackedForm.Address(address));
        RedisKey[] keys = seenKey is null ? [conversation] : [conversation, shard.Key($"s:{seenKey}"), shard.Key("h")];
        return line.AskAsync(
            async db =>
            {
                var found = await db.StringGetAsync(keys);
                return PackedForm.ReadConversation(found[0], seenKey is null ? null : ReadSeen(found[1], found[2]));
            },
            ct);
    }

    public async Task<CommitOutcome> CommitAsync(TurnCommit commit, CancellationToken ct)
    {
        var shard = Shard.Of(commit.Address);
        var address = PackedForm.Address(commit.Address);
        var answer = (RedisResult[])await line.RunAsync(RedisScript.Commit, shard.Key("c:", address), Arguments(commit, shard, address), ct);
        switch ((int)answer[0])
        {
            case 0:
                foreach (var entry in commit.Outbox)
                {
                    hints.Add(shard, entry.Stream);
                }

                return new CommitOutcome.Committed((long)answer[1]);
            case 1:
                return new CommitOutcome.Seen((long)answer[1]);
            default:
                return CommitOutcome.Conflict.Instance;
        }
    }

    public async Task<IReadOnlyList<SealedLine>> ReadTranscriptAsync(ConversationAddress address, CancellationToken ct)
    {
        var shard = Shard.Of(address);
        var packed = PackedForm.Address(address);
        var answer = (RedisValue[])await line.RunAsync(RedisScript.Transcript, shard.Key("c:", packed), [shard.Prefix, packed], ct);
        return [.. answer.Skip(1).Select(l => PackedForm.ReadLine(l!, answer[0]!))]; // a list holds no nulls
    }

    public async Task<IReadOnlyList<LogLine>> ReadLogAsync(ConversationAddress address, long after, int max, CancellationToken ct)
    {
        var key = Shard.Of(address).Key("l:", PackedForm.Address(address));
        var answer = (RedisResult[])await line.AskAsync(db => db.ExecuteAsync("XRANGE", key, $"{after + 1}", "+", "COUNT", max), ct);
        return [.. answer.Select(ReadLogLine)];
    }

    public async Task<long> AppendLogAsync(ConversationAddress address, IReadOnlyList<byte[]> entries, (string? SeenKey, DateTimeOffset Now) turn, CancellationToken ct)
    {
        var shard = Shard.Of(address);
        var packed = PackedForm.Address(address);
        RedisValue[] arguments = [shard.Prefix, packed, turn.SeenKey ?? "", line.Clock.Ms(turn.Now), copy, .. entries.Select(e => (RedisValue)e)];
        return (long)await line.RunAsync(RedisScript.Append, shard.Key("c:", packed), arguments, ct);
    }

    private RedisValue[] Arguments(TurnCommit commit, Shard shard, byte[] address)
    {
        var arguments = new RedisValue[13 + commit.Transcript.Count + commit.Log.Count + (3 * commit.Outbox.Count)];
        arguments[0] = shard.Prefix;
        arguments[1] = address;
        arguments[2] = commit.ExpectedVersion;
        arguments[3] = line.Clock.Ms(commit.Now);
        arguments[4] = commit.Id.Value;
        arguments[5] = commit.State;
        arguments[6] = commit.SeenKey ?? "";
        arguments[7] = commit.Due?.WaitToken ?? "";
        arguments[8] = commit.Due is { } due ? line.Clock.Ms(due.At) : 0;
        arguments[9] = commit.Transcript.Count;
        arguments[10] = commit.Log.Count;
        arguments[11] = commit.Outbox.Count;
        arguments[12] = copy;
        var next = 13;
        foreach (var one in commit.Transcript)
        {
            arguments[next++] = PackedForm.Line(one, commit.Id);
        }

        foreach (var entry in commit.Log)
        {
            arguments[next++] = entry;
        }

        foreach (var entry in commit.Outbox)
        {
            arguments[next++] = (int)entry.Stream;
            arguments[next++] = entry.Id.Value;
            arguments[next++] = entry.Body;
        }

        return arguments;
    }

    private static long? ReadSeen(RedisValue seen, RedisValue horizon)
    {
        if (seen.IsNull || ((string)seen!).Split(':') is not [var index, var at])
        {
            return null;
        }

        return !horizon.IsNull && long.Parse(at, CultureInfo.InvariantCulture) < (long)horizon ? null : long.Parse(index, CultureInfo.InvariantCulture);
    }

    /// <summary>An entry is its id, <c>index-at</c>, and its one field.</summary>
    private static LogLine ReadLogLine(RedisResult entry)
    {
        var parts = (RedisResult[])entry;
        var id = (string)parts[0]!;
        return new(long.Parse(id.AsSpan(0, id.IndexOf('-', StringComparison.Ordinal)), CultureInfo.InvariantCulture), (byte[])((RedisResult[])parts[1])[1]!);
    }
}
