using System.Security.Cryptography;
using System.Text;

namespace Hotline.Server.Storage.Redis;

/// <summary>A script that runs on the server, known to it by the hash of its text.</summary>
internal sealed class RedisScript
{
    /// <summary>Those that only take away or tell a fact also run on a full server: it must be able to get emptier.</summary>
    private const string AlsoWhenFull = "allow-oom";

    private static readonly string Common = Read("common");

    private RedisScript(string name, string flags = "")
    {
        Text = Common.Replace(" flags=FLAGS", flags.Length == 0 ? "" : $" flags={flags}", StringComparison.Ordinal) + Read(name);
#pragma warning disable CA5350 // not for secrecy: SHA-1 is the name that Redis gives to a script
        Hash = SHA1.HashData(Encoding.UTF8.GetBytes(Text));
#pragma warning restore CA5350
    }

    public static RedisScript Commit { get; } = new("commit");

    public static RedisScript Append { get; } = new("append");

    public static RedisScript Transcript { get; } = new("transcript", "no-writes");

    public static RedisScript Due { get; } = new("due", AlsoWhenFull);

    public static RedisScript Ready { get; } = new("ready", AlsoWhenFull);

    public static RedisScript Mark { get; } = new("mark", AlsoWhenFull);

    public static RedisScript Sent { get; } = new("sent", AlsoWhenFull);

    public static RedisScript Postpone { get; } = new("postpone", AlsoWhenFull);

    public static RedisScript Complete { get; } = new("complete", AlsoWhenFull);

    public static RedisScript Status { get; } = new("status", AlsoWhenFull);

    public static RedisScript Erase { get; } = new("erase", AlsoWhenFull);

    public static RedisScript Purge { get; } = new("purge", AlsoWhenFull);

    public static RedisScript Beat { get; } = new("beat", AlsoWhenFull);

    public static RedisScript Acquire { get; } = new("acquire", AlsoWhenFull);

    public static RedisScript Renew { get; } = new("renew", AlsoWhenFull);

    public static RedisScript Release { get; } = new("release", AlsoWhenFull);

    public string Text { get; }

    public byte[] Hash { get; }

    private static string Read(string name)
    {
        using var stream = typeof(RedisScript).Assembly.GetManifestResourceStream($"redis/{name}.lua")
            ?? throw new InvalidOperationException($"the script {name} is not in the program");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
