using System.Collections.Frozen;

namespace Hotline.Server.Turns;

/// <summary>The configured channels by name.</summary>
internal sealed class ChannelList(IEnumerable<IChannel> channels)
{
    private readonly FrozenDictionary<string, IChannel> _byName = channels.ToFrozenDictionary(c => c.Name, StringComparer.Ordinal);

    public IChannel? Find(string name) => _byName.GetValueOrDefault(name);

    public IEnumerable<IChannel> All => _byName.Values;
}
